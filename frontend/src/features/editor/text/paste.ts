import { gfm } from "@joplin/turndown-plugin-gfm";
import TurndownService from "turndown";

/** What a clipboard holds. */
export interface Clipboard {
  text: string;
  html: string;
}

// A line that begins a heading, a fence, a table, a quote, or a list with a second item.
const MARKDOWN = /^(?:#{1,6} |```|~~~|\|.*\|\s*$|> |[-*+] \[[ x]\] )/m;
const CODE_FONT =
  /white-space:\s*pre(?![\w-])|font(?:-family)?:[^;]*(?:mono|consolas|menlo|courier)/i;
const FORMATTED =
  "h1,h2,h3,h4,h5,h6,strong,b,em,i,a[href],ul,ol,table,pre,code,blockquote,img,hr,s,del";
const TAG_BEGINNING = /<(?=[a-z/!?])/gi;
const DATA = /^data:(image\/[\w.+-]+);base64,([\w+/=\s]+)$/i;

/**
 * What is written into the text for a clipboard: its text as it is where that is code or Markdown
 * already or the HTML only dresses it, else the HTML as Markdown. Empty where it holds no text.
 * `store` takes a picture that lies in the HTML itself, and tells what stands for it in the text.
 */
export function pastedMarkdown(
  { text, html }: Clipboard,
  store: (picture: Blob) => string,
): string {
  const plain = text.replace(/\r\n?/g, "\n");
  if (!html.trim() || MARKDOWN.test(plain)) return plain;
  const page = new DOMParser().parseFromString(html, "text/html");
  if (isCode(page)) return plain;
  if (!page.querySelector(FORMATTED) && !isBold(page)) {
    return plain || (page.body.textContent ?? "");
  }
  return converter(store).turndown(page.body) || plain;
}

/** Whether a clipboard holds a picture of a page and no words: the picture itself is wanted. */
export function isPictureAlone({ text, html }: Clipboard): boolean {
  if (text.trim()) return false;
  return !new DOMParser().parseFromString(html, "text/html").body.textContent?.trim();
}

/** Whether all of a page was copied from a code editor, which says so by its font. */
function isCode(page: Document): boolean {
  const parts = [...page.body.children].filter((part) => part.tagName !== "META");
  return (
    parts.length > 0 && parts.every((part) => CODE_FONT.test(part.getAttribute("style") ?? ""))
  );
}

function isBold(page: Document): boolean {
  return [...page.querySelectorAll("span")].some(({ style }) => weightOf(style) >= 600);
}

function weightOf(style: CSSStyleDeclaration): number {
  return style.fontWeight === "bold" ? 700 : Number(style.fontWeight);
}

function converter(store: (picture: Blob) => string): TurndownService {
  const turndown = new TurndownService({
    headingStyle: "atx",
    hr: "---",
    bulletListMarker: "-",
    codeBlockStyle: "fenced",
    emDelimiter: "*",
  });
  turndown.use(gfm);
  const escaped = turndown.escape;
  // `List<String>` is words there, and is to be words here.
  turndown.escape = (words) => escaped(words).replace(TAG_BEGINNING, "\\<");
  // Google Docs wraps everything in a <b> that is not bold, and writes bold as a style.
  turndown.addRule("not bold", {
    filter: (node) => node.nodeName === "B" && /normal|400/.test(node.style.fontWeight),
    replacement: (content) => content,
  });
  turndown.addRule("styled", {
    filter: (node) =>
      node.nodeName === "SPAN" &&
      (weightOf(node.style) >= 600 || node.style.fontStyle === "italic") &&
      !node.closest("h1,h2,h3,h4,h5,h6,th,strong,b:not([style])"),
    replacement: (content, node) => {
      const { style } = node as HTMLElement;
      const mark = `${weightOf(style) >= 600 ? "**" : ""}${style.fontStyle === "italic" ? "*" : ""}`;
      const [, before, words, after] = /^(\s*)(.*?)(\s*)$/s.exec(content) ?? [];
      return words ? `${before}${mark}${words}${mark}${after}` : content;
    },
  });
  // GitHub puts an empty link to itself before each heading.
  turndown.addRule("empty link", {
    filter: (node) =>
      node.nodeName === "A" && !node.textContent?.trim() && !node.querySelector("img"),
    replacement: () => "",
  });
  turndown.addRule("picture", {
    filter: (node) =>
      node.nodeName === "IMG" && !/^https?:/i.test(node.getAttribute("src")?.trim() ?? ""),
    replacement: (_, node) => {
      const picture = pictureOf((node as HTMLElement).getAttribute("src") ?? "");
      return picture ? store(picture) : "";
    },
  });
  turndown.remove(["style", "script", "title", "meta"] as (keyof HTMLElementTagNameMap)[]);
  return turndown;
}

/** The picture in a `data:` address; null for anything else, as a file on the writer's disk. */
function pictureOf(address: string): Blob | null {
  const [, type, base64] = DATA.exec(address.trim()) ?? [];
  if (!type || !base64) return null;
  try {
    const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
    return new Blob([bytes], { type: type.toLowerCase() });
  } catch {
    return null;
  }
}
