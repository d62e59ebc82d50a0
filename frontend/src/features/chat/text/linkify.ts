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
    const address = trimEnd(beforeSentenceBracket(match[0]));
    if (!HOST.test(address)) continue;
    if (match.index > end) pieces.push({ text: text.slice(end, match.index) });
    pieces.push({ text: address, href: /^www\./i.test(address) ? `https://${address}` : address });
    end = match.index + address.length;
  }
  if (end < text.length) pieces.push({ text: text.slice(end) });
  return pieces;
}

/** Up to a closing bracket that nothing in it opened and a letter beyond ASCII follows: "(…/한글)도". */
function beforeSentenceBracket(address: string): string {
  const open: Record<string, number> = { "(": 0, "[": 0 };
  for (let place = 0; place < address.length; place += 1) {
    const mark = address.charAt(place);
    const opener = CLOSERS[mark];
    if (mark in open) open[mark] = (open[mark] ?? 0) + 1;
    else if (opener && open[opener]) open[opener] -= 1;
    else if (opener && address.charAt(place + 1) > "\x7f") return address.slice(0, place);
  }
  return address;
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
