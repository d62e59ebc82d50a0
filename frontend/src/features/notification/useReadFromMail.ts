import { useEffect } from "react";
import { useLocation, useNavigate } from "react-router";
import { useMarkRead } from "@/api/notifications";

/** Marks as read what a mail's link (`?n=12`) leads to, and takes the number out of the address. */
export function useReadFromMail(): void {
  const { pathname, search, hash, state } = useLocation();
  const navigate = useNavigate();
  const { mutate } = useMarkRead();
  const id = Number(new URLSearchParams(search).get("n"));
  useEffect(() => {
    if (!Number.isSafeInteger(id) || id <= 0) return;
    mutate([id]);
    const rest = new URLSearchParams(search);
    rest.delete("n");
    void navigate({ pathname, search: rest.toString(), hash }, { replace: true, state });
  }, [id, pathname, search, hash, state, navigate, mutate]);
}
