import { type RefObject, useEffect, useEffectEvent, useRef } from "react";

/** Calls `onNear` whenever the element comes this close to the screen while it is `wanted`. */
export function useIntersection(
  distance: `${number}px`,
  wanted: boolean,
  onNear: () => void,
): RefObject<HTMLDivElement | null> {
  const element = useRef<HTMLDivElement>(null);
  const call = useEffectEvent(onNear);
  useEffect(() => {
    if (!wanted || !element.current) return;
    const observer = new IntersectionObserver(
      ([entry]) => {
        if (entry?.isIntersecting) call();
      },
      { rootMargin: `${distance} 0px` },
    );
    observer.observe(element.current);
    return () => observer.disconnect();
  }, [distance, wanted]);
  return element;
}
