import { useTranslation } from "react-i18next";
import { day, inWords, moment } from "./format";

const STEPS: [Intl.RelativeTimeFormatUnit, number][] = [
  ["minute", 60],
  ["hour", 3600],
  ["day", 86_400],
];

/** A moment in words ("3 hours ago"); older than a week as a date. */
export function relativeTime(iso: string, language: string, now = Date.now()): string {
  const seconds = (Date.parse(iso) - now) / 1000;
  const age = Math.abs(seconds);
  if (age < 60) return inWords(language).format(0, "second");
  if (age < 7 * 86_400) {
    const [unit, length] = STEPS.findLast(([, step]) => age >= step) ?? ["minute", 60];
    return inWords(language).format(Math.trunc(seconds / length), unit);
  }
  return day(language).format(new Date(iso));
}

/** The same as an element: programs read the exact time, people see it on hover. */
export function RelativeTime({ at }: { at: string }) {
  const { i18n } = useTranslation();
  return (
    <time
      dateTime={at}
      onPointerEnter={({ currentTarget }) => {
        currentTarget.title = moment(i18n.language).format(new Date(at));
      }}
    >
      {relativeTime(at, i18n.language)}
    </time>
  );
}
