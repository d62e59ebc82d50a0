/** Intl's formatters by language: making one costs more than a thousand uses. */
function perLanguage<Format>(make: (language: string) => Format): (language: string) => Format {
  const made = new Map<string, Format>();
  return (language) => {
    const format = made.get(language) ?? make(language);
    made.set(language, format);
    return format;
  };
}

/** 1,234 as "1.2천" or "1.2K". */
export const compactNumber = perLanguage(
  (language) => new Intl.NumberFormat(language, { notation: "compact" }),
);

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
