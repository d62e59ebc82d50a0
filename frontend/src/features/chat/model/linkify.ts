/** A piece of a message: text, or text that leads somewhere. */
export interface Piece {
  text: string;
  href?: string;
}

// Quotes, angle brackets and direction marks (which could disguise an address) end one.
const ADDRESS = /https?:\/\/[^\s<>"'`「」『』“”‘’\u200e\u200f\u202a-\u202e\u2066-\u2069]+/gi;
const CLOSERS: Record<string, string> = { ")": "(", "]": "[", "}": "{", "》": "《", "】": "【" };
const PUNCTUATION = /[.,!?;:…·~*_]$/;
// Korean writes particles right behind a word: "https://github.com/me를 보세요".
const PARTICLE =
  /(?<=[\w/#=&%-])(?:을|를|이|가|은|는|에|에서|로|으로|와|과|도|의|만|랑|이랑|이에요|예요|입니다|인데요?|이고|고)$/;

/** Find the http and https addresses in a text. */
export function linkify(text: string): Piece[] {
  const pieces: Piece[] = [];
  let end = 0;
  for (const match of text.matchAll(ADDRESS)) {
    const address = trimEnd(match[0]);
    const href = safeHref(address);
    if (!href) continue;
    if (match.index > end) pieces.push({ text: text.slice(end, match.index) });
    pieces.push({ text: address, href });
    end = match.index + address.length;
  }
  if (end < text.length) pieces.push({ text: text.slice(end) });
  return pieces;
}

/** Without what belongs to the sentence rather than to the address. */
function trimEnd(address: string): string {
  for (;;) {
    const last = address.at(-1) ?? "";
    const opener = CLOSERS[last];
    const unopened = opener !== undefined && count(address, last) > count(address, opener);
    const shorter =
      unopened || PUNCTUATION.test(address) ? address.slice(0, -1) : address.replace(PARTICLE, "");
    if (shorter === address) return address;
    address = shorter;
  }
}

function count(text: string, letter: string): number {
  return text.split(letter).length - 1;
}

function safeHref(address: string): string | undefined {
  if (!URL.canParse(address)) return undefined;
  const url = new URL(address);
  const safe = (url.protocol === "http:" || url.protocol === "https:") && url.hostname !== "";
  return safe ? url.href : undefined;
}
