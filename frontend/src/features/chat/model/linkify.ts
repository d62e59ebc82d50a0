/** A piece of a message: text, or text that leads somewhere. */
export interface Piece {
  text: string;
  href?: string;
}

// Quotes, angle brackets and direction marks (which could disguise an address) end one.
const ADDRESS =
  /(?:https?:\/\/|(?<![\p{L}\p{N}@./_-])www\.)[^\s<>"'`「」『』“”‘’\u200e\u200f\u202a-\u202e\u2066-\u2069]+/giu;
const CLOSERS: Record<string, string> = { ")": "(", "]": "[", "}": "{", "》": "《", "】": "【" };
const PUNCTUATION = /[.,!?;:…·~*_]$/;

/**
 * Find the http, https and `www.` addresses in a text. Korean writes particles right behind a word,
 * so that an address ends before Hangul, unless a part of it (after `/` or `=`) begins with Hangul.
 */
export function linkify(text: string): Piece[] {
  const pieces: Piece[] = [];
  let end = 0;
  for (const match of text.matchAll(ADDRESS)) {
    const address = trimEnd(beforeHangul(match[0]));
    const href = safeHref(address);
    if (!href) continue;
    if (match.index > end) pieces.push({ text: text.slice(end, match.index) });
    pieces.push({ text: address, href });
    end = match.index + address.length;
  }
  if (end < text.length) pieces.push({ text: text.slice(end) });
  return pieces;
}

function beforeHangul(address: string): string {
  return /^(?:[/=]\p{Script=Hangul}[^/=]*|[^\p{Script=Hangul}])*/u.exec(address)?.[0] ?? "";
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

/** The address with its scheme; undefined where no host of the net is named. */
function safeHref(address: string): string | undefined {
  const href = /^www\./i.test(address) ? `https://${address}` : address;
  if (!URL.canParse(href)) return undefined;
  const { protocol, hostname } = new URL(href);
  const host = hostname === "localhost" || /[^.]\.[^.]/.test(hostname) || hostname.startsWith("[");
  return /^https?:$/.test(protocol) && host ? href : undefined;
}
