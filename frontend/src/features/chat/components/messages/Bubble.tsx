import { linkify } from "@/features/chat/model/linkify";
import classes from "./MessageList.module.css";

/** Up to three pictures and nothing else. */
const PICTURES =
  /^(?:\p{Extended_Pictographic}(?:\p{Emoji_Modifier}|\ufe0f|\u200d\p{Extended_Pictographic})*\s*){1,3}$/u;

/** What a person said: never as HTML, and with addresses that can be followed. */
export function Bubble({ text }: { text: string }) {
  return (
    <div className={classes.bubble} dir="auto" data-pictures={PICTURES.test(text) || undefined}>
      {linkify(text).map((piece, index) =>
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
      )}
    </div>
  );
}
