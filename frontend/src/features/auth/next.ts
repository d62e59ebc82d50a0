/** Where to go after signing in: a path of this site, never another one's address. */
export function safeNext(search: URLSearchParams, otherwise: string): string {
  const next = search.get("next") ?? "";
  return /^\/(?![/\\])/.test(next) ? next : otherwise;
}
