/** The log-in page, which brings people back to where they are now. */
export function logInPath(): string {
  const { pathname, search } = window.location;
  return `/login?next=${encodeURIComponent(pathname + search)}`;
}
