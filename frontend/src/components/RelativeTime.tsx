import { useTranslation } from "react-i18next";

const STEPS: [Intl.RelativeTimeFormatUnit, number][] = [
  ["minute", 60],
  ["hour", 3600],
  ["day", 86_400],
];

/** A moment in words ("3 hours ago"); older than a week as a date. */
export function relativeTime(iso: string, language: string, now = Date.now()): string {
  const seconds = (Date.parse(iso) - now) / 1000;
  const age = Math.abs(seconds);
  const inWords = new Intl.RelativeTimeFormat(language, { numeric: "auto" });
  if (age < 60) return inWords.format(0, "second");
  if (age < 7 * 86_400) {
    const [unit, length] = STEPS.findLast(([, step]) => age >= step) ?? ["minute", 60];
    return inWords.format(Math.trunc(seconds / length), unit);
  }
  return new Intl.DateTimeFormat(language, { dateStyle: "medium" }).format(new Date(iso));
}

/** The same as an element: programs read the exact time, people see it on hover. */
export function RelativeTime({ at }: { at: string }) {
  const { i18n } = useTranslation();
  const exact = new Intl.DateTimeFormat(i18n.language, { dateStyle: "full", timeStyle: "short" });
  return (
    <time dateTime={at} title={exact.format(new Date(at))}>
      {relativeTime(at, i18n.language)}
    </time>
  );
}
