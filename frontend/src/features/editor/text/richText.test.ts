import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { rendered } from "../../../../e2e/python";
import { richEditor, survivesRichText } from "./richText";

const CORPORA = "../project/tests/text";

/** The specifications' examples, and what people write here in Korean. */
const TEXTS = ["commonmark", "gfm", "korean"].flatMap((name) =>
  (JSON.parse(readFileSync(`${CORPORA}/${name}.json`, "utf8")) as { markdown: string }[]).map(
    ({ markdown }) => markdown,
  ),
);

/** The part of the editor that takes the keys; Toast UI does not declare it. */
interface Keys {
  wwEditor: {
    view: {
      state: {
        doc: { descendants(visit: (node: TextBlock, at: number) => void): void };
        tr: {
          insertText(text: string, at: number): unknown;
          delete(from: number, to: number): unknown;
        };
      };
      dispatch(transaction: unknown): void;
    };
  };
}

interface TextBlock {
  isTextblock: boolean;
  content: { size: number };
}

/** What the editor gives back after a letter was typed and taken away, at each end of each line. */
function afterTyping(text: string): Set<string> {
  const editor = richEditor(document.createElement("div"), text);
  const { view } = (editor as unknown as Keys).wwEditor;
  const ends: number[] = [];
  view.state.doc.descendants((node, at) => {
    if (node.isTextblock) ends.push(at + 1, at + 1 + node.content.size);
  });
  const given = new Set<string>();
  for (const at of ends) {
    view.dispatch(view.state.tr.insertText("글", at));
    view.dispatch(view.state.tr.delete(at, at + 1));
    given.add(editor.getMarkdown());
  }
  editor.destroy();
  return given;
}

/** The server's renderer, asked for many texts at once and once for each. */
function serverRenderer(): (markdown: string) => Promise<string> {
  const known = new Map<string, Promise<string>>();
  let waiting: [string, (html: string) => void][] = [];
  const ask = () => {
    const asked = waiting;
    waiting = [];
    const pages = rendered(asked.map(([markdown]) => markdown));
    for (const [index, [, answer]] of asked.entries()) answer(pages[index] ?? "");
  };
  return (markdown) => {
    const page =
      known.get(markdown) ??
      new Promise<string>((answer) => {
        if (waiting.length === 0) setTimeout(ask);
        waiting.push([markdown, answer]);
      });
    known.set(markdown, page);
    return page;
  };
}

it("a text that the WYSIWYG mode takes is published as before, after a letter came and went", async () => {
  const render = serverRenderer();
  for (const text of TEXTS) void render(text);
  // As in the page: where Toast UI itself fails, the text stays in Markdown.
  const keeps = (text: string) => survivesRichText(text, render).catch(() => false);
  const kept = await Promise.all(TEXTS.map(keeps));
  const taken = TEXTS.filter((_, index) => kept[index]);
  expect(taken.length).toBeGreaterThan(TEXTS.length / 4);
  const changed = await Promise.all(
    taken.map(async (text) => {
      const before = await render(text);
      const pages = await Promise.all([...afterTyping(text)].map(render));
      return pages.every((after) => after === before) ? [] : [text];
    }),
  );
  expect(changed.flat()).toEqual([]);
}, 300_000);
