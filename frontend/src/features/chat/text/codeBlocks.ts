/** A part of a message: prose, or what stood between two fences (```). */
export interface Block {
  kind: "text" | "code";
  text: string;
  /** What the first fence says the code is written in; empty where it says nothing. */
  language: string;
}

const FENCED = /^ {0,3}```([\w+#.-]*)[ \t]*\n([\s\S]*?)\n? {0,3}```[ \t]*(?:\n|$)/gm;

/** Split a message at its fences; a fence without its end stays text. */
export function blocksOf(body: string): Block[] {
  const blocks: Block[] = [];
  let end = 0;
  const addText = (text: string) => {
    // The line breaks around a block are its fences' own.
    const trimmed = text.replace(/\n$/, "");
    if (trimmed) blocks.push({ kind: "text", text: trimmed, language: "" });
  };
  for (const match of body.matchAll(FENCED)) {
    addText(body.slice(end, match.index));
    blocks.push({ kind: "code", text: match[2] ?? "", language: match[1] ?? "" });
    end = match.index + match[0].length;
  }
  addText(end ? body.slice(end) : `${body}\n`);
  return blocks;
}
