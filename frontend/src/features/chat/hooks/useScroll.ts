import { useCallback, useEffect, useLayoutEffect, useRef, useState } from "react";

/** So close to the end counts as being there. */
const NEAR = 60;
/** Older messages are read this long before the top comes into sight. */
const AHEAD = 600;

interface Options {
  ready: boolean;
  /** The oldest and newest shown; a message of mine on its way. */
  firstSeq: number | undefined;
  outgoingId: string | undefined;
  onNearTop: () => void;
}

/**
 * The place in a list that grows at both ends: stays at the end while it is there, and on the same
 * message while older ones are put before it.
 */
export function useScroll({ ready, firstSeq, outgoingId, onNearTop }: Options) {
  const scroller = useRef<HTMLDivElement>(null);
  const content = useRef<HTMLDivElement>(null);
  const [atEnd, setAtEnd] = useState(true);
  const stick = useRef(true);
  const before = useRef({ placed: false, height: 0, firstSeq, outgoingId });

  const toEnd = useCallback(() => {
    const box = scroller.current;
    if (!box) return;
    box.scrollTop = box.scrollHeight;
    stick.current = true;
    setAtEnd(true);
  }, []);

  const onScroll = useCallback(() => {
    const box = scroller.current;
    if (!box) return;
    stick.current = box.scrollHeight - box.scrollTop - box.clientHeight < NEAR;
    setAtEnd(stick.current);
    if (before.current.placed && box.scrollTop < AHEAD) onNearTop();
  }, [onNearTop]);

  // After every change of what is shown, and before it is painted.
  useLayoutEffect(() => {
    const box = scroller.current;
    const last = before.current;
    if (!box || !ready) return;
    const older = last.firstSeq !== undefined && firstSeq !== undefined && firstSeq < last.firstSeq;
    const said = outgoingId !== undefined && outgoingId !== last.outgoingId;
    if (!last.placed) {
      const news = box.querySelector<HTMLElement>("[data-new]");
      box.scrollTop = news ? news.offsetTop - box.clientHeight / 4 : box.scrollHeight;
      onScroll();
    } else if (older) box.scrollTop += box.scrollHeight - last.height;
    else if (said) toEnd();
    else if (stick.current) box.scrollTop = box.scrollHeight;
    before.current = { placed: true, height: box.scrollHeight, firstSeq, outgoingId };
  });

  // A page of history may be less than fills the screen.
  useEffect(() => {
    const box = scroller.current;
    if (ready && firstSeq !== undefined && box && box.scrollHeight < box.clientHeight + AHEAD) {
      onNearTop();
    }
  }, [ready, firstSeq, onNearTop]);

  // The keyboard, a growing composer, and the window change the height as well.
  useEffect(() => {
    const box = scroller.current;
    if (!box) return;
    const observer = new ResizeObserver(() => {
      if (stick.current) box.scrollTop = box.scrollHeight;
    });
    observer.observe(box);
    if (content.current) observer.observe(content.current);
    return () => observer.disconnect();
  }, []);

  return { scroller, content, atEnd, toEnd, onScroll };
}
