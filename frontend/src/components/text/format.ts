/** Intl's formatters by language: making one costs more than a thousand uses. */
export function perLanguage<Format>(
  make: (language: string) => Format,
): (language: string) => Format {
  const made = new Map<string, Format>();
  return (language) => {
    const format = made.get(language) ?? make(language);
    made.set(language, format);
    return format;
  };
}

const compact = perLanguage((language) => new Intl.NumberFormat(language, { notation: "compact" }));

/**
 * 999 and 1,234,567, as both our languages write it. Not by Intl, whose first formatter takes a
 * browser 20 to 40 milliseconds, in which nothing else happens.
 */
export function exactNumber(value: number): string {
  return String(value).replace(/\B(?=(\d{3})+$)/g, ",");
}

/** The same, but from ten thousand on "1.2만" or "12K". */
export function shortNumber(value: number, language: string): string {
  return value < 10_000 ? exactNumber(value) : compact(language).format(value);
}

/** A moment in full. */
export const moment = perLanguage(
  (language) => new Intl.DateTimeFormat(language, { dateStyle: "full", timeStyle: "short" }),
);

/** The first few of some names, and whether there are more. */
export function firstOf(names: readonly string[], most: number): string {
  return names.slice(0, most).join(", ") + (names.length > most ? " …" : "");
}
