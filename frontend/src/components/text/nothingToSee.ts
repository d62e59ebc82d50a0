import { VISIBLE } from "./invisible";

/** Whether a text shows nothing at all, however long it is; the server has the same rule. */
export function hasNothingToSee(text: string): boolean {
  return !VISIBLE.test(text);
}
