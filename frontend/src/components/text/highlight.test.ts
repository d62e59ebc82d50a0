import { expect, it } from "vitest";
import { hitsIn } from "./highlight";

it.each([
  ["Night Owl", "owl", ["Night ", "Owl", ""]],
  ["매일 강아지 산책", "강아지산책", ["매일 ", "강아지 산책", ""]],
  ["React and 리액트", "react 리액트", ["", "React", " and ", "리액트", ""]],
  ["ABC", "ＡＢ", ["", "AB", "C"]],
  ["C++ (beta)", "c++ (", ["", "C++", " ", "(", "beta)"]],
  ["a-b", "-", ["a", "-", "b"]],
  ["🦉 owl", "🦉", ["", "🦉", " owl"]],
  ["nothing", "owl", ["nothing"]],
  ["nothing", "  ", ["nothing"]],
])("finds in %j the hits of %j", (text, searched, pieces) => {
  expect(hitsIn(text, searched)).toEqual(pieces);
});
