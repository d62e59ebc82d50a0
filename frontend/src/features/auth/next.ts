/**
 * Where to go after signing in: a path of this site, never another one's address. A browser drops
 * tabs and line breaks from an address, and takes a backslash for a slash.
 */
export function safeNext(search: URLSearchParams, otherwise: string): string {
  const next = search.get("next") ?? "";
  return /^\/(?!\/)[^\\\p{Cc}]*$/u.test(next) ? next : otherwise;
}
