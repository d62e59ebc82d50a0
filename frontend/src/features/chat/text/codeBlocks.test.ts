import { expect, it } from "vitest";
import { blocksOf } from "./codeBlocks";

const text = (value: string) => ({ kind: "text", text: value, language: "" });
const code = (value: string, language = "") => ({ kind: "code", text: value, language });

it("shows what stands between fences as code, with its indentation", () => {
  expect(blocksOf("보세요\n```py\n    if x:\n        y()\n```\n어때요?")).toEqual([
    text("보세요"),
    code("    if x:\n        y()", "py"),
    text("어때요?"),
  ]);
});

it("keeps blank lines inside of code and takes several blocks", () => {
  expect(blocksOf("```\na\n\nb\n```\n```c++\nc\n```")).toEqual([code("a\n\nb"), code("c", "c++")]);
});

it.each(["그냥 말", "   들여 쓴 말", "```\n끝이 없는 코드", "말 ```안에``` 말", "a\n\nb\n"])(
  "leaves %j as it is",
  (body) => expect(blocksOf(body)).toEqual([text(body)]),
);

it("reads a long message of many fences in no time", () => {
  const started = performance.now();
  blocksOf("```\n".repeat(1000));
  blocksOf("   ```x\n".repeat(500));
  expect(performance.now() - started).toBeLessThan(200);
});
