/** An @ with the beginning of a nickname right before the caret, and where it stands. */
export interface Beginning {
  start: number;
  letters: string;
}

const BEGINNING = /(?<![\w@./-])@([0-9A-Za-z가-힣ㄱ-ㅎㅏ-ㅣ_.-]{0,20})$/;

/** The mention that is being typed at the caret; null where none is. */
export function mentionAt(text: string, caret: number): Beginning | null {
  const match = BEGINNING.exec(text.slice(0, caret));
  return match && { start: match.index, letters: match[1] ?? "" };
}

/** Up to six nicknames that begin with these letters, in any case. */
export function matching(people: string[], letters: string): string[] {
  const wanted = letters.normalize("NFC").toLowerCase();
  return people.filter((name) => name.toLowerCase().startsWith(wanted)).slice(0, 6);
}

/** The text with the mention completed, and where the caret goes. */
export function complete(text: string, caret: number, start: number, name: string) {
  const before = `${text.slice(0, start)}@${name} `;
  return { text: before + text.slice(caret), caret: before.length };
}
