import { expect, test } from "vitest";
import { findSkills } from "./findSkills";

const skill = (name: string, aliases: string[] = [], users = 0) => ({ name, aliases, users });
const SKILLS = [
  skill("ASP", ["Classic ASP"], 9),
  skill("C", ["씨언어"]),
  skill("C#", ["csharp"], 3),
  skill("C++", ["cpp"], 5),
  skill("Node.js", ["노드", "node"]),
  skill("Preact", ["프리액트"], 90),
  skill("React", ["리액트", "React.js"], 10),
  skill("React Native", ["리액트 네이티브"], 4),
];

test.each([
  ["reactjs", "React"],
  ["리액트", "React"],
  ["react native", "React Native"],
  ["리애", "React"],
  ["ㄴ", "Node.js"],
  ["ＮＯＤＥ", "Node.js"],
  ["nodejs", "Node.js"],
  ["c", "C"],
  ["c++", "C++"],
  ["cpp", "C++"],
  ["React 19", "React"],
  ["노드 22.4", "Node.js"],
])("%s finds %s first", (typed, name) => {
  expect(findSkills(SKILLS, typed)[0]).toBe(name);
});

test("beginnings stand before the more used that only hold the text", () => {
  expect(findSkills(SKILLS, "rea")).toEqual(["React", "React Native", "Preact"]);
});

test("what names nothing finds nothing, and nothing typed finds all", () => {
  expect(findSkills(SKILLS, "!!")).toEqual([]);
  expect(findSkills(SKILLS, "없는 기술")).toEqual([]);
  expect(findSkills(SKILLS, "C99")).toEqual([]);
  expect(findSkills(SKILLS, "  ")).toHaveLength(SKILLS.length);
});
