import { expect, it } from "vitest";
import cases from "./linkCases.json";
import { linkify } from "./linkify";

const links = (text: string) => linkify(text).flatMap((piece) => (piece.href ? [piece.text] : []));

// The server's rule is held against the same cases: project/tests/text/test_corpus.py.
it.each(cases)("finds the addresses of $text", ({ text, links }) => {
  expect(linkify(text).flatMap((piece) => piece.href ?? [])).toEqual(links);
});

it("finds addresses and keeps every letter around them", () => {
  const text = "보세요 https://a.dev/x?y=1#z, 그리고 http://b.dev.";
  expect(links(text)).toEqual(["https://a.dev/x?y=1#z", "http://b.dev"]);
  expect(
    linkify(text)
      .map((piece) => piece.text)
      .join(""),
  ).toBe(text);
});

it.each([
  ["(https://a.dev/x)", "https://a.dev/x"],
  ["https://a.dev/x_(y)", "https://a.dev/x_(y)"],
  ["https://a.dev를 봐요", "https://a.dev"],
  ["https://a.dev/me/sidepro로는 충분해요", "https://a.dev/me/sidepro"],
  ["https://a.dev/a/b이라고 했어요", "https://a.dev/a/b"],
  ["https://ko.wikipedia.org/wiki/은", "https://ko.wikipedia.org/wiki/은"],
  ["https://ko.wikipedia.org/wiki/한국_사람", "https://ko.wikipedia.org/wiki/한국_사람"],
  ["https://a.dev/?q=이&x=1이에요", "https://a.dev/?q=이&x=1"],
  ["https://한국.com 에서", "https://한국.com"],
  ["https://a.dev/me에서 봐요!", "https://a.dev/me"],
  ["https://ko.wikipedia.org/wiki/올빼미", "https://ko.wikipedia.org/wiki/올빼미"],
  ['"https://a.dev"', "https://a.dev"],
])("ends an address where the sentence goes on: %s", (text, address) => {
  expect(links(text)).toEqual([address]);
});

it.each([
  "javascript:alert(1)",
  "data:text/html,<script>",
  "https://",
  "ftp://a.dev",
  "//a.dev",
  "<img src=x onerror=alert(1)>",
  "http://a b.c",
  "me@www.a.dev",
])("makes no link of %s", (text) => {
  expect(links(text)).toEqual([]);
});

it("does not let direction marks disguise an address", () => {
  expect(links("https://a.dev/\u202egpj.exe")).toEqual(["https://a.dev/"]);
});

it("follows an address that begins with www. over TLS", () => {
  expect(linkify("www.example.com 에서")[0]).toEqual({
    text: "www.example.com",
    href: "https://www.example.com",
  });
});
