import { type ReactNode, useDeferredValue, useEffect, useState } from "react";
import { useIntersection } from "./useIntersection";

/** Without scrolling it comes after this many ms: tabbing, screen readers and search in the page find it. */
const LATEST = 2_000;

interface Props {
  /** Stands there until then; about as high as what comes. */
  before: ReactNode;
  children: ReactNode;
}

/** Something below the first screen: read and rendered when one scrolls towards it, else after the first screen. */
export function WhenVisible({ before, children }: Props) {
  const [wanted, setWanted] = useState(false);
  const place = useIntersection("200px", !wanted, () => setWanted(true));
  // Rendered in slices: the browser answers the person between them.
  const shown = useDeferredValue(wanted);
  useEffect(() => {
    const timer = setTimeout(() => setWanted(true), LATEST);
    return () => clearTimeout(timer);
  }, []);
  return shown ? children : <div ref={place}>{before}</div>;
}
