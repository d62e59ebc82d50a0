import { useEffect, useState } from "react";

const formats = new Map<string, Intl.DateTimeFormat>();

/** Making a format is slow, and a list needs the same one a thousand times. */
function format(language: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${language} ${JSON.stringify(options)}`;
  const known = formats.get(key) ?? new Intl.DateTimeFormat(language, options);
  formats.set(key, known);
  return known;
}

/** "오후 3:12" */
export function clock(iso: string, language: string): string {
  return format(language, { hour: "numeric", minute: "2-digit" }).format(new Date(iso));
}

/** "오늘", "어제", or the date; the year only where it is another. */
export function dayName(iso: string, language: string, now = new Date()): string {
  const at = new Date(iso);
  const midnight = (date: Date) => Date.UTC(date.getFullYear(), date.getMonth(), date.getDate());
  const days = Math.round((midnight(at) - midnight(now)) / 86_400_000);
  if (days === 0 || days === -1) {
    return new Intl.RelativeTimeFormat(language, { numeric: "auto" }).format(days, "day");
  }
  const sameYear = at.getFullYear() === now.getFullYear();
  return format(language, {
    month: "long",
    day: "numeric",
    weekday: "long",
    ...(!sameYear && { year: "numeric" }),
  }).format(at);
}

/** The time, again and again, so that "3 minutes ago" stays true. */
export function useNow(every: number): number {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), every);
    return () => clearInterval(timer);
  }, [every]);
  return now;
}
