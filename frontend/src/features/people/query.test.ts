import { expect, it } from "vitest";
import { filterOf, readQuery, writeQuery } from "./query";

it("reads back what it wrote", () => {
  const query = {
    skills: ["Django", "C++"],
    region: "seoul" as const,
    time: "weekends" as const,
    open: true,
    search: "주말 모임",
  };
  expect(readQuery(new URLSearchParams(writeQuery(query).toString()))).toEqual(query);
  expect(filterOf(query)).toEqual({
    skills: "Django,C++",
    region: "seoul",
    meet_time: "weekends",
    open: true,
    search: "주말 모임",
  });
});

it("leaves out what it does not know and what is as usual", () => {
  const query = readQuery(new URLSearchParams("region=mars&meet_time=&open=0&skills=,"));
  expect(writeQuery(query).toString()).toBe("");
  expect(filterOf(query)).toEqual({});
});
