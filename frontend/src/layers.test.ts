import { expect, it } from "vitest";

const sources = import.meta.glob<string>(["./**/*.{ts,tsx}", "!./**/*.d.ts"], {
  eager: true,
  query: "?raw",
  import: "default",
});

// From the bottom to the top: each folder imports from those before it, and from itself.
const FLOORS = ["i18n", "api", "auth", "realtime", "components", "features", "app"];
// `api` sends the tokens that `auth` keeps, and `auth` knows where the API is: one floor.
const floorOf = (folder: string) =>
  Math.max(1, FLOORS.indexOf(folder)) - (folder === "auth" ? 1 : 0);

interface Import {
  from: string;
  to: string;
}

/** Every import between our own files, as paths below `src/`. */
function imports(): Import[] {
  return Object.entries(sources).flatMap(([path, source]) => {
    const from = path.slice(2);
    const specifiers = [...source.matchAll(/(?:from|import|import\()\s*"((?:@|\.{1,2})\/[^"]+)"/g)];
    return specifiers.map(([, specifier = ""]) => ({
      from,
      to: specifier.startsWith("@/")
        ? specifier.slice(2)
        : new URL(specifier, `file:///${from}`).pathname.slice(1),
    }));
  });
}

const folder = (path: string) => path.split("/")[0] ?? "";
const feature = (path: string) => path.split("/")[1];

it("no folder imports from one above it", () => {
  const found = imports();
  expect(found.length).toBeGreaterThan(300);
  const upwards = found.filter(({ from, to }) => floorOf(from) >= 0 && floorOf(to) > floorOf(from));
  expect(upwards).toEqual([]);
});

it("a feature knows no other feature", () => {
  const across = imports().filter(
    ({ from, to }) =>
      folder(from) === "features" && folder(to) === "features" && feature(from) !== feature(to),
  );
  expect(across).toEqual([]);
});
