import { type ReactNode, useState } from "react";
import { useIntersection } from "./useIntersection";

interface Props {
  /** Stands there until then; about as high as what comes. */
  before: ReactNode;
  children: ReactNode;
}

/** Something below the first screen: neither read nor rendered before one scrolls towards it. */
export function WhenVisible({ before, children }: Props) {
  const [near, setNear] = useState(false);
  const place = useIntersection("200px", !near, () => setNear(true));
  return near ? children : <div ref={place}>{before}</div>;
}
