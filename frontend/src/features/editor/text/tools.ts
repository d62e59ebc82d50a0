import {
  IconBold,
  IconChecklist,
  IconCode,
  IconHeading,
  IconItalic,
  IconList,
  IconListNumbers,
  IconMinus,
  IconQuote,
  IconSourceCode,
  IconStrikethrough,
  IconTable,
} from "@tabler/icons-react";

/** The toolbar: each tool's text, picture, and the editor's command for it. */
export const TOOLS = [
  { name: "heading", icon: IconHeading, command: "heading", payload: { level: 2 } },
  { name: "bold", icon: IconBold, command: "bold", payload: {} },
  { name: "italic", icon: IconItalic, command: "italic", payload: {} },
  { name: "strike", icon: IconStrikethrough, command: "strike", payload: {} },
  { name: "quote", icon: IconQuote, command: "blockQuote", payload: {} },
  { name: "list", icon: IconList, command: "bulletList", payload: {} },
  { name: "ordered", icon: IconListNumbers, command: "orderedList", payload: {} },
  { name: "task", icon: IconChecklist, command: "taskList", payload: {} },
  { name: "code", icon: IconCode, command: "code", payload: {} },
  { name: "block", icon: IconSourceCode, command: "codeBlock", payload: {} },
  { name: "table", icon: IconTable, command: "addTable", payload: { rowCount: 2, columnCount: 2 } },
  { name: "rule", icon: IconMinus, command: "hr", payload: {} },
] as const;
