import { expect, it } from "vitest";
import clipboards from "./clipboards.json";
import { isPictureAlone, pastedMarkdown } from "./paste";

// `e2e/paste.spec.ts` puts the same into a real clipboard.
it.each(clipboards)("what $from holds is written as it was meant", (clipboard) => {
  const stored: Blob[] = [];
  const written =
    clipboard.image && isPictureAlone(clipboard)
      ? "![]("
      : pastedMarkdown(clipboard, (picture) => `![](upload:${stored.push(picture)})`);
  for (const part of clipboard.has) expect(written).toContain(part);
  for (const part of clipboard.not) expect(written).not.toContain(part);
});

it("stores a picture that lies in the HTML itself, with its type", () => {
  const stored: Blob[] = [];
  const html = '<p>x</p><img src="data:image/gif;base64,R0lGODlh"><img src="data:text/html,x">';
  const store = (picture: Blob) => `![](upload:${stored.push(picture)})`;
  expect(pastedMarkdown({ text: "x", html }, store)).toBe("x\n\n![](upload:1)");
  expect(stored.map(({ type, size }) => [type, size])).toEqual([["image/gif", 6]]);
});
