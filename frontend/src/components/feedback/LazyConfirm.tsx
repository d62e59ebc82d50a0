import { type ComponentProps, lazy, Suspense } from "react";
import type { Confirm as Dialog } from "./Confirm";

const Loaded = lazy(async () => ({ default: (await import("./Confirm")).Confirm }));

/** `Confirm`, whose code is read when it is first opened. */
export function Confirm(props: ComponentProps<typeof Dialog>) {
  if (!props.opened) return null;
  return (
    <Suspense fallback={null}>
      <Loaded {...props} />
    </Suspense>
  );
}
