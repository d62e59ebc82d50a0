import { linkify } from "./linkify";

/** A message's text, never as HTML; addresses in it can be followed. */
export function MessageText({ text }: { text: string }) {
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
