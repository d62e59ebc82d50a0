/** A piece of a message: text, or text that leads somewhere. */
export interface Piece {
  text: string;
  href?: string;
}

// As project/text/links.py reads them, which is held against the same linkCases.json. Quotes end an
// address, and so do the marks that could show it backwards.
const OTHER = "[^\\s\\x00-\\x7f“”‘’「」『』\\u200e\\u200f\\u202a-\\u202e\\u2066-\\u2069]";
const ASCII = "[!#-;=?-Z\\[\\]_a-z~]";
const ASCII_OF_PART = "[!#-.0-;?-Z\\[\\]_a-z~]";
const ADDRESS = new RegExp(
  "(?<![A-Za-z0-9_/@.:-])(?:https?://|www\\.)(?=[A-Za-z0-9가-힣\\[])" +
    `(?:${ASCII}|(?<=//)${OTHER}+|(?<=[/=])(?<!//)${OTHER}(?:${OTHER}|${ASCII_OF_PART})*)+`,
  "giu",
);
const HOST =
  /^(?:https?:\/\/)?(?:localhost|(?:[a-z0-9가-힣_](?:[a-z0-9가-힣_-]*[a-z0-9가-힣])?\.)+[a-z0-9가-힣-]{2,}|\d{1,3}(?:\.\d{1,3}){3}|\[[0-9a-f:.]+\])(?::\d{1,5})?(?=[/?#]|$)/iu;
const CLOSERS: Record<string, string> = { ")": "(", "]": "[" };
const PUNCTUATION = /[?!.,:;*_~'"…·]$/;

/**
 * Find the http, https and `www.` addresses in a text. Korean writes particles right behind a word,
 * so that an address ends before Hangul, unless a part of it (after `/` or `=`) begins with Hangul.
 */
export function linkify(text: string): Piece[] {
  const pieces: Piece[] = [];
  let end = 0;
  for (const match of text.matchAll(ADDRESS)) {
    const address = trimEnd(match[0]);
    if (!HOST.test(address)) continue;
    if (match.index > end) pieces.push({ text: text.slice(end, match.index) });
    pieces.push({ text: address, href: /^www\./i.test(address) ? `https://${address}` : address });
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
    if (!unopened && !PUNCTUATION.test(address)) return address;
    address = address.slice(0, -1);
  }
}

function count(text: string, letter: string): number {
  return text.split(letter).length - 1;
}
