import { afterEach, expect, it } from "vitest";
import { EMPTY, sameDraft } from "./draft";
import {
  adoptOldDrafts,
  allUnsent,
  dropUnsent,
  isDraftId,
  keepUnsent,
  listedDrafts,
  readUnsent,
  type Unsent,
} from "./unsent";

const [A, B] = ["0b8e7c1e-4a1f-4b6e-9d0a-0e8a5b1c2d3e", "1b8e7c1e-4a1f-4b6e-9d0a-0e8a5b1c2d3e"];

afterEach(() => localStorage.clear());

function unsent(title: string, savedAt = 1): Unsent {
  const begun = { project: null, version: null, seen: null, tried: [] };
  return { ...begun, draft: { ...EMPTY, title }, savedAt };
}

it("keeps drafts apart by account and by draft until they are dropped", () => {
  keepUnsent(1, A, unsent("하나", 1));
  keepUnsent(1, B, unsent("둘", 2));
  expect(readUnsent(2, A)).toBeNull();
  expect(allUnsent(1).map(([id]) => id)).toEqual([B, A]);
  dropUnsent(1, A);
  expect([readUnsent(1, A), readUnsent(1, B)?.draft.title]).toEqual([null, "둘"]);
});

it("does not drop what another tab has kept in the meantime", () => {
  keepUnsent(1, A, unsent("새", 2));
  dropUnsent(1, A, 1);
  expect(readUnsent(1, A)?.draft.title).toBe("새");
  dropUnsent(1, A, 2);
  expect(readUnsent(1, A)).toBeNull();
});

it("survives what is not a draft and fills in what an older one lacks", () => {
  localStorage.setItem(`sidepro.account.1.draft.${A}`, "{broken");
  expect(readUnsent(1, A)).toBeNull();
  localStorage.setItem(`sidepro.account.1.draft.${A}`, '{"draft":{"title":"A"},"savedAt":1}');
  expect(readUnsent(1, A)).toEqual(unsent("A"));
});

it("adopts what was kept under a name, once and for its account alone", () => {
  localStorage.setItem("sidepro.account.1.draft.new", '{"draft":{"title":"새 글"},"savedAt":2}');
  localStorage.setItem(
    "sidepro.account.1.draft.7",
    '{"draft":{"title":"고치던 글"},"savedAt":1,"version":3}',
  );
  localStorage.setItem("sidepro.account.2.draft.new", '{"draft":{"title":"남"},"savedAt":1}');
  for (let time = 0; time < 2; time += 1) adoptOldDrafts(1);
  expect(
    allUnsent(1).map(([, { draft, project, version }]) => [draft.title, project, version]),
  ).toEqual([
    ["새 글", null, null],
    ["고치던 글", 7, 3],
  ]);
  expect(localStorage.getItem("sidepro.account.2.draft.new")).not.toBeNull();
  expect(localStorage.getItem("sidepro.account.1.draft.new")).toBeNull();
});

it("knows an id of a draft from anything else in an address", () => {
  expect([A, null, "", "new", "../1"].map(isDraftId)).toEqual([true, false, false, false, false]);
});

it("knows whether anything was changed", () => {
  expect(sameDraft(EMPTY, { ...EMPTY })).toBe(true);
  expect(sameDraft(EMPTY, { ...EMPTY, skills: ["Go"] })).toBe(false);
});

it("lists what is here and what is there, once each, and for a project only its own", () => {
  const at = "2026-11-27T10:00:00Z";
  const card = { id: A, project: null, title: "거기", summary: "", excerpt: "", created_at: at };
  const cards = [
    { ...card, updated_at: at },
    { ...card, id: "c", project: 7, updated_at: "2026-11-28T10:00:00Z" },
  ];
  const here: [string, Unsent][] = [[A, unsent("여기", Date.parse(at))]];
  const titles = (project: number | null, id = B) =>
    listedDrafts(cards, here, { accountId: 1, id, project }).map((one) => [
      one.title,
      one.isOnlyHere,
    ]);
  expect(titles(null)).toEqual([
    ["거기", false],
    ["여기", true],
  ]);
  expect(titles(null, A)).toEqual([["거기", false]]);
  expect(titles(7)).toEqual([["거기", false]]);
});
