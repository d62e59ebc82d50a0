import { useEffect } from "react";
import { Navigate, Outlet, useLocation } from "react-router";
import { ScreenSkeleton } from "@/app/ScreenSkeleton";
import { getAccessToken, useSession } from "./session";

/** Lets signed-in people through and sends others to the log-in page, which brings them back. */
export function RequireAuth() {
  const session = useSession();
  const { pathname, search } = useLocation();
  useEffect(() => {
    if (session === "unknown") void getAccessToken();
  }, [session]);
  if (session === "out") {
    return <Navigate to={`/login?next=${encodeURIComponent(pathname + search)}`} replace />;
  }
  return session === "in" ? <Outlet /> : <ScreenSkeleton />;
}
