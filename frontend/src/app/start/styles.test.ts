import { expect, it } from "vitest";
import styles from "./styles.ts?raw";

const sources = import.meta.glob<string>(["../../**/*.tsx", "!../../**/*.test.tsx"], {
  eager: true,
  query: "?raw",
  import: "default",
});
const sheets = import.meta.glob("../../../node_modules/@mantine/core/styles/*.css");

it("brings the styles of each of Mantine's parts that a screen uses", () => {
  const known = new Set(Object.keys(sheets).map((path) => path.split("/").at(-1)?.slice(0, -4)));
  const used = new Set(
    Object.values(sources).flatMap((source) =>
      [...source.matchAll(/import \{([^}]+)\} from "@mantine\/core"/g)].flatMap((match) =>
        (match[1] ?? "").split(",").map((name) => name.trim()),
      ),
    ),
  );
  const missing = [...used].filter(
    (name) => known.has(name) && !styles.includes(`@mantine/core/styles/${name}.css`),
  );
  expect(known.size).toBeGreaterThan(50);
  expect(missing).toEqual([]);
});
