/** The log-in page, which brings people back to this place: where they are now, if not said. */
export function logInPath(
  { pathname, search }: { pathname: string; search: string } = window.location,
): string {
  return `/login?next=${encodeURIComponent(pathname + search)}`;
}
