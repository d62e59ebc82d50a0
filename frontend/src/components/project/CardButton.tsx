import { type ReactNode, useState } from "react";
import classes from "./CardButton.module.css";

interface Props {
  /** What it does, in full. */
  label: string;
  /** The same, short, for who points at it. */
  title: string;
  icon: ReactNode;
  /** How many did it, alongside the icon; it must be part of the label as well. */
  count?: string;
  /** Whether it is on, for a button that turns something on and off. */
  pressed?: boolean;
  /** It cannot be pressed again while this is under way. */
  onPress: () => Promise<void> | void;
}

/** A small button at the foot of a card. */
export function CardButton({ label, title, icon, count, pressed, onPress }: Props) {
  const [busy, setBusy] = useState(false);
  return (
    <button
      type="button"
      className={classes.button}
      aria-label={label}
      aria-pressed={pressed}
      title={title}
      disabled={busy}
      onClick={async () => {
        const work = onPress();
        if (!work) return;
        setBusy(true);
        await work.finally(() => setBusy(false));
      }}
    >
      {icon}
      {count}
    </button>
  );
}
