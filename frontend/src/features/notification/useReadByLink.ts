import { useEffect } from "react";
import { useLocation, useNavigate } from "react-router";
import { useMarkRead } from "@/api/notifications";

/**
 * Marks as read what a mail's or a push's link (`?n=12`) leads to, and takes the number out of the
 * address. Where the page was open already, the service worker says the number instead.
 */
export function useReadByLink(): void {
  const { pathname, search, hash, state } = useLocation();
  const navigate = useNavigate();
  const { mutate } = useMarkRead();
  const id = Number(new URLSearchParams(search).get("n"));
  useEffect(() => {
    if (!isId(id)) return;
    mutate([id]);
    const rest = new URLSearchParams(search);
    rest.delete("n");
    void navigate({ pathname, search: rest.toString(), hash }, { replace: true, state });
  }, [id, pathname, search, hash, state, navigate, mutate]);
  useEffect(() => {
    const worker = navigator.serviceWorker;
    const hear = ({ data }: MessageEvent<{ read?: unknown } | null>) => {
      if (isId(data?.read)) mutate([data.read]);
    };
    worker?.addEventListener("message", hear);
    return () => worker?.removeEventListener("message", hear);
  }, [mutate]);
}

function isId(value: unknown): value is number {
  return Number.isSafeInteger(value) && Number(value) > 0;
}
