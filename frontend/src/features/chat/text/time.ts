import { useEffect, useState } from "react";
import { perLanguage } from "@/components/text/format";

const clocks = perLanguage(
  (language) => new Intl.DateTimeFormat(language, { hour: "numeric", minute: "2-digit" }),
);
const inDays = perLanguage(
  (language) => new Intl.RelativeTimeFormat(language, { numeric: "auto" }),
);
const DAY = { month: "long", day: "numeric", weekday: "long" } as const;
const days = perLanguage((language) => new Intl.DateTimeFormat(language, DAY));
const daysWithYear = perLanguage(
  (language) => new Intl.DateTimeFormat(language, { ...DAY, year: "numeric" }),
);

/** "오후 3:12" */
export function clock(iso: string, language: string): string {
  return clocks(language).format(new Date(iso));
}

/** "오늘", "어제", or the date; the year only where it is another. */
export function dayName(iso: string, language: string, now = new Date()): string {
  const at = new Date(iso);
  const midnight = (date: Date) => Date.UTC(date.getFullYear(), date.getMonth(), date.getDate());
  const ago = Math.round((midnight(at) - midnight(now)) / 86_400_000);
  if (ago === 0 || ago === -1) return inDays(language).format(ago, "day");
  const sameYear = at.getFullYear() === now.getFullYear();
  return (sameYear ? days : daysWithYear)(language).format(at);
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
