import { gfm } from "@joplin/turndown-plugin-gfm";
import TurndownService from "turndown";

/** What a clipboard holds. */
export interface Clipboard {
  text: string;
  html: string;
}

// A line that begins a heading, a fence, a table, a quote, or a list with a second item.
const MARKDOWN = /^(?:#{1,6} |```|~~~|\|.*\|\s*$|> |[-*+] \[[ x]\] )/m;
const CODE_EDITOR = /white-space:\s*pre|vscode|font-family:[^;"]*(?:mono|consolas|menlo|courier)/i;
const FORMATTED =
  "h1,h2,h3,h4,h5,h6,strong,b,em,i,a[href],ul,ol,table,pre,code,blockquote,img,hr,s,del";

const turndown = new TurndownService({
  headingStyle: "atx",
  hr: "---",
  bulletListMarker: "-",
  codeBlockStyle: "fenced",
  emDelimiter: "*",
});
turndown.use(gfm);
// Google Docs wraps everything in a <b> that is not bold.
turndown.addRule("not bold", {
  filter: (node) => node.nodeName === "B" && /normal|400/.test(node.style.fontWeight),
  replacement: (content) => content,
});
turndown.remove(["style", "script", "title", "meta"] as (keyof HTMLElementTagNameMap)[]);

/**
 * What is written into the text for a clipboard: its text as it is where that is code or Markdown
 * already or the HTML only dresses it, else the HTML as Markdown. Empty where it holds no text.
 */
export function pastedMarkdown({ text, html }: Clipboard): string {
  const plain = text.replace(/\r\n?/g, "\n");
  if (!html.trim() || MARKDOWN.test(plain) || CODE_EDITOR.test(html)) return plain;
  const page = new DOMParser().parseFromString(html, "text/html");
  if (!page.querySelector(FORMATTED)) return plain || (page.body.textContent ?? "");
  return turndown.turndown(page.body) || plain;
}
