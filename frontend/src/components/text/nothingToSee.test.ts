import { expect, it } from "vitest";
import { hasNothingToSee } from "./nothingToSee";

it.each([
  ["", "nothing"],
  [" \n\t\u00a0\u3000", "blanks"],
  ["\u200b\u200d\u2060\ufeff", "joiners of no width"],
  ["\u3164\u115f\u1160\uffa0", "Hangul fillers"],
  ["\u2800", "empty Braille"],
  ["\u00ad\u034f\u061c\u202e", "soft hyphens and direction marks"],
  ["\ufe0f\u{e0020}\u{e007f}", "variation selectors and tags"],
])("sees nothing in %j (%s)", (text) => expect(hasNothingToSee(text)).toBe(true));

it.each(["가", "ㅋ", ".", "🦉", "👩‍💻", "\u200b!", "```\n```"])("sees something in %j", (text) =>
  expect(hasNothingToSee(text)).toBe(false),
);
