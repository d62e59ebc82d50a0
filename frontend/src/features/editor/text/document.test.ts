import type Editor from "@toast-ui/editor";
import { expect, it } from "vitest";
import { runTool } from "./document";
import { richEditor } from "./richText";

const SIZE = { rowCount: 2, columnCount: 2 };

it("fills a new table from its first cell on", () => {
  const editor = richEditor(document.createElement("div"), "") as Editor;
  runTool(editor, "addTable", SIZE);
  editor.insertText("first");
  expect(editor.getMarkdown().trim().split("\n")[0]).toMatch(/^\| first \|/);
});

it("leaves the caret where it is inside a table, where none is made", () => {
  const editor = richEditor(document.createElement("div"), "") as Editor;
  runTool(editor, "addTable", SIZE);
  editor.insertText("first");
  runTool(editor, "addTable", SIZE);
  editor.insertText("!");
  expect(editor.getMarkdown()).toContain("| first! |");
});
