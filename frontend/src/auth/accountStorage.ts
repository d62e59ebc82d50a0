/**
 * What this browser keeps for one account: unsent text and the like. Another account never reads
 * it, and an explicit log-out deletes it; an expired session does not, since the person comes back.
 */
const PREFIX = "sidepro.account.";

const keyOf = (accountId: number, name: string) => `${PREFIX}${accountId}.${name}`;

/** What is kept under a name; null where nothing is. */
export function readKept(accountId: number, name: string): string | null {
  return localStorage.getItem(keyOf(accountId, name));
}

/** Keep a text, or with an empty one nothing. False where the browser has no room for it. */
export function keep(accountId: number, name: string, text: string): boolean {
  const key = keyOf(accountId, name);
  if (!text) {
    localStorage.removeItem(key);
    return true;
  }
  try {
    localStorage.setItem(key, text);
    return true;
  } catch {
    return false;
  }
}

/** The names with this beginning under which something is kept. */
export function keptNames(accountId: number, beginning: string): string[] {
  const whole = keyOf(accountId, beginning);
  const before = whole.length - beginning.length;
  return Object.keys(localStorage)
    .filter((key) => key.startsWith(whole))
    .map((key) => key.slice(before));
}

/** Delete what is kept here for every account. */
export function forgetKept(): void {
  for (const key of Object.keys(localStorage)) {
    if (key.startsWith(PREFIX)) localStorage.removeItem(key);
  }
}
