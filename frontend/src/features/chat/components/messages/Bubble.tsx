import { blocksOf } from "@/features/chat/text/codeBlocks";
import { linkify } from "@/features/chat/text/linkify";
import classes from "./MessageList.module.css";

/** Up to three pictures and nothing else. */
const PICTURES =
  /^(?:\p{Extended_Pictographic}(?:\p{Emoji_Modifier}|\ufe0f|\u200d\p{Extended_Pictographic})*\s*){1,3}$/u;

/** What a person said: never as HTML, with addresses that can be followed, and code as code. */
export function Bubble({ text }: { text: string }) {
  return (
    <div className={classes.bubble} dir="auto" data-pictures={PICTURES.test(text) || undefined}>
      {blocksOf(text).map((block, index) => {
        // biome-ignore lint/suspicious/noArrayIndexKey: a message's text never changes
        if (block.kind === "text") return <Prose key={index} text={block.text} />;
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: as above
          // biome-ignore lint/a11y/noNoninteractiveTabindex: people without a mouse scroll it
          <pre key={index} className={classes.code} tabIndex={0} dir="ltr">
            <code>{block.text}</code>
          </pre>
        );
      })}
    </div>
  );
}

function Prose({ text }: { text: string }) {
  return linkify(text).map((piece, index) =>
    piece.href ? (
      <a
        // biome-ignore lint/suspicious/noArrayIndexKey: a message's text never changes
        key={index}
        href={piece.href}
        target="_blank"
        rel="noopener noreferrer nofollow ugc"
      >
        {piece.text}
      </a>
    ) : (
      piece.text
    ),
  );
}
