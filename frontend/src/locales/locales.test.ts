import { describe, expect, it } from "vitest";

const files = import.meta.glob<Record<string, unknown>>("./*/*.json", {
  eager: true,
  import: "default",
});
const sources = import.meta.glob<string>(["../**/*.{ts,tsx}", "!../**/*.test.*"], {
  eager: true,
  query: "?raw",
  import: "default",
});

/** `{a: {b: "…"}}` as `{"a.b": "…"}`. */
function flat(texts: Record<string, unknown>, before = ""): Record<string, string> {
  return Object.fromEntries(
    Object.entries(texts).flatMap(([key, value]) =>
      typeof value === "string"
        ? [[before + key, value]]
        : Object.entries(flat(value as Record<string, unknown>, `${before}${key}.`)),
    ),
  );
}

const namesOf = (text: string) => [...text.matchAll(/{{\s*(\w+)/g)].map((match) => match[1]).sort();
// English has a singular and a plural where Korean has one form.
const base = (key: string) => key.replace(/_(one|other)$/, "");
const korean = Object.keys(files).filter((path) => path.startsWith("./ko/"));

describe.each(korean)("%s", (path) => {
  const ko = flat(files[path] ?? {});
  const en = flat(files[path.replace("/ko/", "/en/")] ?? {});

  it("has the same keys in English", () => {
    expect(new Set(Object.keys(en).map(base))).toEqual(new Set(Object.keys(ko).map(base)));
  });

  it("has no empty text and the same variables in both languages", () => {
    for (const [key, text] of Object.entries(en)) {
      const other = ko[key] ?? ko[`${base(key)}_other`] ?? ko[base(key)] ?? "";
      expect(text && other, key).toBeTruthy();
      if (!key.endsWith("_one")) expect(namesOf(text), key).toEqual(namesOf(other));
    }
  });
});

it("has every key that the screens name", () => {
  const known = new Map(korean.map((path) => [path.slice(5, -5), flat(files[path] ?? {})]));
  const missing: string[] = [];
  for (const [path, source] of Object.entries(sources)) {
    const hooks = [...source.matchAll(/useTranslation\((?:"(\w+)"[^)]*)?\)/g)];
    const own = hooks.length ? hooks.map((match) => match[1] ?? "common") : ["common"];
    for (const [, quoted] of source.matchAll(/\bt\(\s*"([\w.:]+)"/g)) {
      const [key = "", namespace] = (quoted ?? "").split(":").reverse();
      const texts = (namespace ? [namespace] : own).map((name) => known.get(name) ?? {});
      if (!texts.some((known) => key in known || `${key}_other` in known)) {
        missing.push(`${path}: ${quoted}`);
      }
    }
  }
  expect(missing).toEqual([]);
});
