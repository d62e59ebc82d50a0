import type { CDPSession, Locator, Page } from "@playwright/test";

const INITIALS = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ";
const FIRST_INITIAL = 0x1100;

/** A syllable as it grows under the fingers: ㅎ, 하, 한. */
function stepsOf(syllable: string): string[] {
  const parts = [...syllable.normalize("NFD")];
  return parts.map((part, index) =>
    index === 0 && parts.length > 1
      ? (INITIALS[part.charCodeAt(0) - FIRST_INITIAL] ?? part)
      : parts
          .slice(0, index + 1)
          .join("")
          .normalize("NFC"),
  );
}

/** Lets an input method begin a syllable and not end it. */
export async function beginSyllable(client: CDPSession, syllable: string): Promise<void> {
  for (const text of stepsOf(syllable)) {
    const end = text.length;
    await client.send("Input.imeSetComposition", { text, selectionStart: end, selectionEnd: end });
  }
}

/** Enter as it comes while a syllable grows: the browser marks it as the input method's. */
export async function pressEnterInside(client: CDPSession): Promise<void> {
  const key = { key: "Enter", code: "Enter", windowsVirtualKeyCode: 229 };
  await client.send("Input.dispatchKeyEvent", { type: "rawKeyDown", ...key });
  await client.send("Input.dispatchKeyEvent", { type: "keyUp", ...key });
}

/** Types as a Korean input method does: each syllable grows letter by letter, then stands. */
export async function compose(page: Page, text: string): Promise<void> {
  const client = await page.context().newCDPSession(page);
  for (const letter of text) {
    if (/[가-힣]/.test(letter)) {
      await beginSyllable(client, letter);
      await client.send("Input.insertText", { text: letter });
    } else if (letter === "\n") await page.keyboard.press("Enter");
    else await page.keyboard.type(letter);
  }
  await client.detach();
}

/** The Markdown that the editor shows. */
export function markdownOf(editor: Locator): Promise<string> {
  return editor.evaluate((field) =>
    [...field.children].map((line) => line.textContent ?? "").join("\n"),
  );
}
