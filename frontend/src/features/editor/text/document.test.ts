import type Editor from "@toast-ui/editor";
import { expect, it } from "vitest";
import { runTool } from "./document";
import { richEditor } from "./richText";

it("fills a new table from its first cell on", () => {
  const editor = richEditor(document.createElement("div"), "") as Editor;
  runTool(editor, "addTable", { rowCount: 2, columnCount: 2 });
  editor.insertText("first");
  expect(editor.getMarkdown().trim().split("\n")[0]).toMatch(/^\| first \|/);
});
