import { expect, it } from "vitest";
import { filterOf, isFiltered, readQuery, writeQuery } from "./query";

it("reads back what it wrote", () => {
  const query = {
    ordering: "popular" as const,
    skills: ["C++", "C#", "Node.js"],
    matchAll: true,
    search: "채팅 & 알람",
    stage: "launched" as const,
    following: true,
  };
  expect(readQuery(new URLSearchParams(writeQuery(query).toString()))).toEqual(query);
});

it("leaves out what it does not know and what is as usual", () => {
  const query = readQuery(new URLSearchParams("ordering=random&skills=,Go,,Go&search=%20&stage=x"));
  expect(query).toEqual({
    ordering: "newest",
    skills: ["Go"],
    matchAll: false,
    search: "",
    stage: null,
    following: false,
  });
  expect(writeQuery(query).toString()).toBe("skills=Go");
  expect(filterOf(query)).toEqual({ ordering: "newest", page_size: 12, skills: "Go" });
  expect(isFiltered(query)).toBe(true);
  expect(isFiltered(readQuery(new URLSearchParams("ordering=views")))).toBe(false);
});

it("asks for all skills only where there are several", () => {
  const one = readQuery(new URLSearchParams("skills=Go&skills_match=all"));
  expect(filterOf(one).skills_match).toBeUndefined();
  const two = readQuery(new URLSearchParams("skills=Go,Vue&skills_match=all"));
  expect(filterOf(two).skills_match).toBe("all");
});
