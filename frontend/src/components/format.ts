/** Intl's formatters by language: making one costs more than a thousand uses. */
function perLanguage<Format>(make: (language: string) => Format): (language: string) => Format {
  const made = new Map<string, Format>();
  return (language) => {
    const format = made.get(language) ?? make(language);
    made.set(language, format);
    return format;
  };
}

const grouped = perLanguage((language) => new Intl.NumberFormat(language));
const compact = perLanguage((language) => new Intl.NumberFormat(language, { notation: "compact" }));

/** 999 and 1,234,567. */
export function exactNumber(value: number, language: string): string {
  // A browser's first formatter of a kind costs it many milliseconds.
  return value < 1000 ? String(value) : grouped(language).format(value);
}

/** The same, but from ten thousand on "1.2만" or "12K". */
export function shortNumber(value: number, language: string): string {
  return value < 10_000 ? exactNumber(value, language) : compact(language).format(value);
}

/** "3시간 전", "3 hours ago". */
export const inWords = perLanguage(
  (language) => new Intl.RelativeTimeFormat(language, { numeric: "auto" }),
);

/** A day: "2026. 11. 23.", "Nov 23, 2026". */
export const day = perLanguage(
  (language) => new Intl.DateTimeFormat(language, { dateStyle: "medium" }),
);

/** A moment in full. */
export const moment = perLanguage(
  (language) => new Intl.DateTimeFormat(language, { dateStyle: "full", timeStyle: "short" }),
);
