import type Editor from "@toast-ui/editor";

/** The part of ProseMirror's view that Toast UI's Markdown editor stands on and that we use. */
interface View {
  state: State;
  dispatch(transaction: Transaction): void;
  updateState(state: State): void;
  posAtCoords(place: { left: number; top: number }): { pos: number } | null;
}

interface State {
  doc: {
    descendants(
      visit: (node: { isTextblock: boolean; textContent: string }, at: number) => void,
    ): void;
    resolve(position: number): unknown;
  };
  selection: { constructor: unknown };
  plugins: unknown[];
  tr: Transaction;
  reconfigure(config: { plugins: unknown[] }): State;
}

interface Transaction {
  insertText(text: string, from: number, to: number): Transaction;
  setSelection(selection: unknown): Transaction;
}

function viewOf(editor: Editor): View {
  return (editor as unknown as { mdEditor: { view: View } }).mdEditor.view;
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
  if (!place) return;
  const kind = view.state.selection.constructor as { near(position: unknown): unknown };
  view.dispatch(view.state.tr.setSelection(kind.near(view.state.doc.resolve(place.pos))));
}

/** Replace the first place where a piece of a line stands; the caret stays where it is. */
export function replacePiece(editor: Editor, piece: string, next: string): void {
  const view = viewOf(editor);
  let from = -1;
  view.state.doc.descendants((node, at) => {
    const index = node.isTextblock && from < 0 ? node.textContent.indexOf(piece) : -1;
    if (index >= 0) from = at + 1 + index;
  });
  if (from >= 0) view.dispatch(view.state.tr.insertText(next, from, from + piece.length));
}
