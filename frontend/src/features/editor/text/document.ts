import type Editor from "@toast-ui/editor";

/** The part of ProseMirror's view that Toast UI's editors stand on and that we use. */
interface View {
  state: State;
  dispatch(transaction: Transaction): void;
  updateState(state: State): void;
  posAtCoords(place: { left: number; top: number }): { pos: number } | null;
}

interface Node {
  isTextblock: boolean;
  textContent: string;
  attrs: Record<string, unknown>;
  content: { size: number };
  slice(from: number, to: number): unknown;
  descendants(visit: (node: Node, at: number) => void): void;
  resolve(position: number): unknown;
}

interface Selection {
  constructor: unknown;
  /** Where it begins: how deep, and per depth the node and the position of its content. */
  $from: {
    depth: number;
    node(depth: number): { type: { name: string } };
    start(depth: number): number;
  };
}

interface State {
  doc: Node;
  selection: Selection;
  plugins: unknown[];
  tr: Transaction;
  reconfigure(config: { plugins: unknown[] }): State;
}

interface Transaction {
  insertText(text: string, from?: number, to?: number): Transaction;
  delete(from: number, to: number): Transaction;
  replaceSelection(slice: unknown): Transaction;
  setNodeMarkup(at: number, type: undefined, attrs: Record<string, unknown>): Transaction;
  setSelection(selection: unknown): Transaction;
  setMeta(name: string, value: unknown): Transaction;
}

/** The part of Toast UI Editor that it does not declare. */
interface Parts {
  mdEditor: { view: View };
  wwEditor: { view: View };
  toastMark: { constructor: new (markdown: string) => { getRootNode(): unknown } };
  convertor: { toWysiwygModel(markdown: unknown): Node };
}

const partsOf = (editor: Editor) => editor as unknown as Parts;

/** The view of the mode that is shown. */
function viewOf(editor: Editor): View {
  const { mdEditor, wwEditor } = partsOf(editor);
  return (editor.isMarkdownMode() ? mdEditor : wwEditor).view;
}

/** Make the text as it is now the first in the history: undo never goes behind it. */
export function beginHistory(editor: Editor): void {
  const view = viewOf(editor);
  const { plugins } = view.state;
  view.updateState(view.state.reconfigure({ plugins: [] }).reconfigure({ plugins }));
}

/** Put the caret where the pointer is. */
export function putCaretAt(editor: Editor, left: number, top: number): void {
  const view = viewOf(editor);
  const place = view.posAtCoords({ left, top });
  if (place) putCaretNear(view, place.pos);
}

function putCaretNear(view: View, position: number): void {
  const kind = view.state.selection.constructor as { near(position: unknown): unknown };
  view.dispatch(view.state.tr.setSelection(kind.near(view.state.doc.resolve(position))));
}

/** Do what a tool does. A new table is filled from its first cell on: WYSIWYG mode ends in its last. */
export function runTool(editor: Editor, command: string, payload: Record<string, unknown>): void {
  const view = viewOf(editor);
  const before = view.state.doc;
  editor.exec(command, payload);
  const isNewTable = command === "addTable" && view.state.doc !== before;
  if (!isNewTable || editor.isMarkdownMode()) return;
  const { $from } = view.state.selection;
  for (let depth = $from.depth; depth > 0; depth -= 1) {
    if ($from.node(depth).type.name === "table") putCaretNear(view, $from.start(depth));
  }
}

/** Put Markdown where the selection is, as the mode that is shown writes it. */
export function insertMarkdown(editor: Editor, markdown: string): void {
  if (editor.isMarkdownMode()) {
    editor.replaceSelection(markdown);
    return;
  }
  const { toastMark, convertor } = partsOf(editor);
  const doc = convertor.toWysiwygModel(new toastMark.constructor(markdown).getRootNode());
  // From inside the first block to inside the last: words join the paragraph they are put into.
  const isOneParagraph = !/\n/.test(markdown.trim());
  const view = viewOf(editor);
  const inside = isOneParagraph ? 1 : 0;
  const slice = doc.slice(inside, doc.content.size - inside);
  view.dispatch(view.state.tr.replaceSelection(slice));
}

/**
 * Change a picture wherever its place-holder stands now; the caret stays where it is, and undo
 * knows nothing of it. `address` null takes the picture out.
 */
export function changePicture(
  editor: Editor,
  placeholder: RegExp,
  address: string | null,
  label: string,
): void {
  const view = viewOf(editor);
  const { doc, tr } = view.state;
  let change: Transaction | undefined;
  doc.descendants((node, at) => {
    if (change) return;
    const { imageUrl } = node.attrs;
    if (typeof imageUrl === "string" && placeholder.test(`![](${imageUrl})`)) {
      const attrs = { ...node.attrs, imageUrl: address, altText: label };
      change = address === null ? tr.delete(at, at + 1) : tr.setNodeMarkup(at, undefined, attrs);
    } else if (node.isTextblock) {
      const found = placeholder.exec(node.textContent);
      const from = at + 1 + (found?.index ?? 0);
      const next = address === null ? "" : `![${label}](${address})`;
      if (found) change = tr.insertText(next, from, from + found[0].length);
    }
  });
  if (change) view.dispatch(change.setMeta("addToHistory", false));
}
