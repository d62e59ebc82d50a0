import { useUnread } from "@/realtime/unread";

/** The browser tab's title; before it stands how many messages are unread. */
export function PageTitle({ children, bare = false }: { children: string; bare?: boolean }) {
  const unread = useUnread();
  const title = bare ? children : `${children} · SidePro`;
  return <title>{unread ? `(${unread}) ${title}` : title}</title>;
}
