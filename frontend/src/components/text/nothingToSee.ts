/** Blanks of every kind, controls, and what no font draws: joiners, fillers, tags, empty Braille. */
const NOTHING = /^[\s\p{Z}\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}\u2800]*$/u;

/** Whether a text shows nothing at all, however long it is. */
export function hasNothingToSee(text: string): boolean {
  return NOTHING.test(text);
}
