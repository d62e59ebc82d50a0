import { expect, it } from "vitest";
import { skillPath } from "./skillPath";

it.each([
  ["C++", "cpp"],
  ["C#", "csharp"],
  [".NET", "dotnet"],
  ["Next.js", "nextjs"],
  ["Spring Boot", "spring-boot"],
  ["CI/CD", "ci-cd"],
])("leads from %s to the page of its slug", (name, slug) => {
  expect(skillPath(name)).toBe(`/skills/${slug}`);
});

it("keeps Korean names, and a name without letters as it is", () => {
  expect(skillPath("리액트")).toBe(`/skills/${encodeURIComponent("리액트")}`);
  expect(skillPath("!?")).toBe("/skills/!%3F");
});
