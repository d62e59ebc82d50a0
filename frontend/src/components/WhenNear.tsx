import { type ReactNode, useState } from "react";
import { useNear } from "./useNear";

interface Props {
  /** Stands there until then; about as high as what comes. */
  before: ReactNode;
  children: ReactNode;
}

/** Something below the first screen: neither read nor rendered before one scrolls towards it. */
export function WhenNear({ before, children }: Props) {
  const [near, setNear] = useState(false);
  const place = useNear("200px", !near, () => setNear(true));
  return near ? children : <div ref={place}>{before}</div>;
}
