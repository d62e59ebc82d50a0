import type { LanguageFn } from "highlight.js";
import hljs from "highlight.js/lib/core";
import { nextTask } from "@/components/page/nextTask";
import { sanitise } from "./sanitise";

type File = () => Promise<{ default: LanguageFn }>;

// Each language is a file of its own, read when a text has code in it.
const FILES = new Map<string, File>(
  Object.entries({
    bash: () => import("highlight.js/lib/languages/bash"),
    c: () => import("highlight.js/lib/languages/c"),
    cpp: () => import("highlight.js/lib/languages/cpp"),
    csharp: () => import("highlight.js/lib/languages/csharp"),
    css: () => import("highlight.js/lib/languages/css"),
    dart: () => import("highlight.js/lib/languages/dart"),
    diff: () => import("highlight.js/lib/languages/diff"),
    dockerfile: () => import("highlight.js/lib/languages/dockerfile"),
    elixir: () => import("highlight.js/lib/languages/elixir"),
    go: () => import("highlight.js/lib/languages/go"),
    graphql: () => import("highlight.js/lib/languages/graphql"),
    haskell: () => import("highlight.js/lib/languages/haskell"),
    ini: () => import("highlight.js/lib/languages/ini"),
    java: () => import("highlight.js/lib/languages/java"),
    javascript: () => import("highlight.js/lib/languages/javascript"),
    json: () => import("highlight.js/lib/languages/json"),
    kotlin: () => import("highlight.js/lib/languages/kotlin"),
    lua: () => import("highlight.js/lib/languages/lua"),
    makefile: () => import("highlight.js/lib/languages/makefile"),
    markdown: () => import("highlight.js/lib/languages/markdown"),
    nginx: () => import("highlight.js/lib/languages/nginx"),
    objectivec: () => import("highlight.js/lib/languages/objectivec"),
    perl: () => import("highlight.js/lib/languages/perl"),
    php: () => import("highlight.js/lib/languages/php"),
    python: () => import("highlight.js/lib/languages/python"),
    r: () => import("highlight.js/lib/languages/r"),
    ruby: () => import("highlight.js/lib/languages/ruby"),
    rust: () => import("highlight.js/lib/languages/rust"),
    scala: () => import("highlight.js/lib/languages/scala"),
    scss: () => import("highlight.js/lib/languages/scss"),
    shell: () => import("highlight.js/lib/languages/shell"),
    sql: () => import("highlight.js/lib/languages/sql"),
    swift: () => import("highlight.js/lib/languages/swift"),
    typescript: () => import("highlight.js/lib/languages/typescript"),
    xml: () => import("highlight.js/lib/languages/xml"),
    yaml: () => import("highlight.js/lib/languages/yaml"),
  }),
);

const OTHER_NAMES = new Map(
  Object.entries({
    "c++": "cpp",
    "c#": "csharp",
    cs: "csharp",
    console: "shell",
    docker: "dockerfile",
    gql: "graphql",
    golang: "go",
    h: "c",
    hs: "haskell",
    html: "xml",
    js: "javascript",
    jsx: "javascript",
    kt: "kotlin",
    md: "markdown",
    objc: "objectivec",
    py: "python",
    rb: "ruby",
    rs: "rust",
    sh: "bash",
    svelte: "xml",
    svg: "xml",
    toml: "ini",
    ts: "typescript",
    tsx: "typescript",
    vue: "xml",
    yml: "yaml",
    zsh: "bash",
  }),
);

function nameOf(language: string): string {
  const name = language.toLowerCase();
  return OTHER_NAMES.get(name) ?? name;
}

/**
 * Colours pieces of code that carry their language as a class ("language-py"), one after the other,
 * until `unwanted`. Code in a language that is not known stays as it is.
 */
export async function colour(pieces: Iterable<Element>, unwanted: AbortSignal): Promise<void> {
  for (const piece of pieces) {
    const name = nameOf(/language-(\S+)/.exec(piece.className)?.[1] ?? "");
    const file = FILES.get(name);
    if (!file) continue;
    if (!hljs.getLanguage(name)) hljs.registerLanguage(name, (await file()).default);
    await nextTask();
    if (unwanted.aborted) return;
    piece.innerHTML = sanitise(hljs.highlight(piece.textContent, { language: name }).value);
  }
}
