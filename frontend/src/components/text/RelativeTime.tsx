import { useSyncExternalStore } from "react";
import type { TFunction } from "@/i18n";
import { useTranslation } from "@/i18n";
import { moment } from "./format";

const DAY = 86_400;
const STEPS = [
  ["year", 365 * DAY],
  ["month", 30 * DAY],
  ["week", 7 * DAY],
  ["day", DAY],
  ["hour", 3600],
  ["minute", 60],
] as const;

/**
 * A moment in words: "3 hours ago". Our own texts say it, as a browser's first formatter of Intl's
 * takes it 20 to 40 milliseconds, in which nothing else happens. What a wrong clock puts into the
 * future is "just now".
 */
export function relativeTime(iso: string, t: TFunction, now = Date.now()): string {
  const seconds = (now - Date.parse(iso)) / 1000;
  const step = STEPS.find(([, length]) => seconds >= length);
  if (!step) return t("common:time.now");
  const [unit, length] = step;
  return t(`common:time.${unit}`, { count: Math.floor(seconds / length) });
}

let minute = 0;
const clocks = new Set<() => void>();
setInterval(() => {
  minute += 1;
  for (const tick of clocks) tick();
}, 60_000);

function everyMinute(tick: () => void): () => void {
  clocks.add(tick);
  return () => clocks.delete(tick);
}

/** The same as an element, which goes with the time: programs read the exact time, people see it on hover. */
export function RelativeTime({ at }: { at: string }) {
  const { t, i18n } = useTranslation();
  useSyncExternalStore(everyMinute, () => minute);
  return (
    <time
      dateTime={at}
      onPointerEnter={({ currentTarget }) => {
        currentTarget.title = moment(i18n.language).format(new Date(at));
      }}
    >
      {relativeTime(at, t)}
    </time>
  );
}
