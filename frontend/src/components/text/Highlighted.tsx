import classes from "./Highlighted.module.css";
import { hitsIn } from "./highlight";

/** A text in which what was searched for is marked. */
export function Highlighted({ text, searched }: { text: string; searched?: string | undefined }) {
  if (!searched) return text;
  return hitsIn(text, searched).map((piece, index) =>
    index % 2 ? (
      // biome-ignore lint/suspicious/noArrayIndexKey: the pieces of one text, in its order
      <mark key={index} className={classes.hit}>
        {piece}
      </mark>
    ) : (
      piece
    ),
  );
}
