import hljs from "highlight.js/lib/common";

/** A piece of code as HTML with its parts marked; plain where the language is not known. */
export function highlight(code: string, language: string): string {
  const known = hljs.getLanguage(language) ? language : "plaintext";
  return hljs.highlight(code, { language: known }).value;
}
