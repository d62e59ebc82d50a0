import { expect, it } from "vitest";
import { pastedMarkdown } from "./paste";

it("keeps a word processor's headings", () =>
  expect(pastedMarkdown({ text: "제목\n문장", html: "<h2>제목</h2><p>문장</p>" })).toBe(
    "## 제목\n\n문장",
  ));

it("does not make everything of an online document bold", () =>
  expect(
    pastedMarkdown({ text: "보통 글", html: '<b style="font-weight:normal"><p>보통 글</p></b>' }),
  ).toBe("보통 글"));

it("keeps the indentation and empty lines of code", () => {
  const text = "def f(x):\n    if x:\n\n        return 1\n";
  expect(pastedMarkdown({ text, html: "" })).toBe(text);
  const html = `<div style="font-family: Menlo; white-space: pre;"><div>def f(x):</div></div>`;
  expect(pastedMarkdown({ text, html })).toBe(text);
});

it("leaves Markdown as it is, whatever dresses it", () => {
  const text = "# 제목\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n```py\nx = 1\n```\n";
  expect(pastedMarkdown({ text, html: "" })).toBe(text);
  expect(pastedMarkdown({ text, html: "<p># 제목</p><b>x</b>" })).toBe(text);
});

it("makes a spreadsheet's cells a table", () => {
  const html = "<table><tr><th>이름</th><th>수</th></tr><tr><td>가</td><td>1</td></tr></table>";
  expect(pastedMarkdown({ text: "이름\t수\n가\t1", html })).toMatch(
    /\| 이름 +\| 수 +\|\n\| -+ \| -+ \|/,
  );
});

it("keeps links, lists and emphasis of a page", () =>
  expect(
    pastedMarkdown({
      text: "글 하나",
      html: '<p><a href="https://a.example/">글</a> <strong>굵게</strong></p><ul><li>하나</li></ul>',
    }),
  ).toBe("[글](https://a.example/) **굵게**\n\n-   하나"));
