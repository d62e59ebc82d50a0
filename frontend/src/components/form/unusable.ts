/** How a button is marked that does nothing now. One that is disabled would lose the focus. */
export function unusable(is: boolean) {
  return { "data-disabled": is || undefined, "aria-disabled": is };
}
