import { useCallback, useEffect, useEffectEvent, useLayoutEffect, useRef, useState } from "react";

/** So close to the end counts as being there, in pixels. */
const NEAR = 60;
/** Older messages are read when the top is this close, in pixels. */
const AHEAD = 600;
/** A message is shown when no more than this of its lower edge is missing, in pixels. */
const MISSING = 8;

interface Options {
  ready: boolean;
  /** Whether the person looks at the page: only then is anything seen. */
  attentive: boolean;
  /** The number of the oldest message shown; of the first one not seen yet. */
  firstSeq: number | undefined;
  unreadSeq: number | undefined;
  /** A message of mine on its way. */
  outgoingId: string | undefined;
  onNearTop: () => void;
  /** Everything up to this message has been on the screen. */
  onSeen: (seq: number) => void;
}

/**
 * The place in a list that grows at both ends: on the same message while older ones are put before
 * it; at the end while it is there, but never past the first unread message, which stays a quarter
 * below the top until the person scrolls. Messages carry their number as `data-seq`.
 */
export function useScroll(options: Options) {
  const { ready, attentive, firstSeq, unreadSeq, outgoingId } = options;
  const scroller = useRef<HTMLDivElement>(null);
  const content = useRef<HTMLDivElement>(null);
  const [atEnd, setAtEnd] = useState(true);
  const follows = useRef(true);
  const before = useRef({ placed: false, height: 0, firstSeq, outgoingId });

  const look = useEffectEvent(() => {
    const box = scroller.current;
    if (!box || !ready || !before.current.placed) return;
    if (box.scrollTop < AHEAD) options.onNearTop();
    const seen = attentive ? lowestShown(box) : undefined;
    if (seen !== undefined) options.onSeen(seen);
  });

  const follow = useEffectEvent((box: HTMLElement) => {
    const end = box.scrollHeight - box.clientHeight;
    const unread = box.querySelector<HTMLElement>(`[data-seq="${unreadSeq}"]`);
    box.scrollTop = unread ? Math.min(end, unread.offsetTop - box.clientHeight / 4) : end;
  });

  const noteEnd = useCallback((box: HTMLElement) => {
    follows.current = box.scrollHeight - box.scrollTop - box.clientHeight < NEAR;
    setAtEnd(follows.current);
  }, []);

  const toEnd = useCallback(() => {
    const box = scroller.current;
    if (!box) return;
    box.scrollTop = box.scrollHeight;
    noteEnd(box);
  }, [noteEnd]);

  // After every change of what is shown, and before it is painted.
  useLayoutEffect(() => {
    const box = scroller.current;
    const last = before.current;
    if (!box || !ready) return;
    const older = last.firstSeq !== undefined && firstSeq !== undefined && firstSeq < last.firstSeq;
    const sent = outgoingId !== undefined && outgoingId !== last.outgoingId;
    if (!last.placed) {
      follow(box);
      noteEnd(box);
    } else if (older) box.scrollTop += box.scrollHeight - last.height;
    else if (sent) toEnd();
    else if (follows.current) {
      follow(box);
      noteEnd(box);
    }
    before.current = { placed: true, height: box.scrollHeight, firstSeq, outgoingId };
  });

  // What came may leave the top in sight, where no scrolling would ask for more. The keyboard, a
  // growing composer, and the window change what is shown as well.
  // biome-ignore lint/correctness/useExhaustiveDependencies: each of these changes what is shown
  useEffect(look, [ready, attentive, firstSeq, unreadSeq]);
  useEffect(() => {
    const box = scroller.current;
    if (!box) return;
    const observer = new ResizeObserver(() => {
      if (follows.current) follow(box);
      look();
    });
    observer.observe(box);
    if (content.current) observer.observe(content.current);
    const onScroll = () => {
      noteEnd(box);
      look();
    };
    box.addEventListener("scroll", onScroll, { passive: true });
    return () => {
      observer.disconnect();
      box.removeEventListener("scroll", onScroll);
    };
  }, [noteEnd]);

  return { scroller, content, atEnd, toEnd };
}

/** The number of the lowest message that is wholly on the screen. */
function lowestShown(box: HTMLElement): number | undefined {
  const messages = box.querySelectorAll<HTMLElement>("[data-seq]");
  const bottom = box.getBoundingClientRect().bottom + MISSING;
  let shown = 0;
  let hidden = messages.length;
  while (shown < hidden) {
    const middle = (shown + hidden) >> 1;
    const message = messages[middle];
    if (message && message.getBoundingClientRect().bottom <= bottom) shown = middle + 1;
    else hidden = middle;
  }
  const lowest = messages[shown - 1];
  return lowest && Number(lowest.dataset.seq);
}
