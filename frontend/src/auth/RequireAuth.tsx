import { useEffect } from "react";
import { Navigate, Outlet, useLocation, useNavigation } from "react-router";
import { ScreenSkeleton } from "@/app/ScreenSkeleton";
import { getAccessToken, useSession } from "./session";

/** Lets signed-in people through and sends others to the log-in page, which brings them back. */
export function RequireAuth() {
  const session = useSession();
  const { pathname, search } = useLocation();
  const leaving = useNavigation().state !== "idle";
  useEffect(() => {
    if (session === "unknown") void getAccessToken();
  }, [session]);
  if (session === "out" && !leaving) {
    return <Navigate to={`/login?next=${encodeURIComponent(pathname + search)}`} replace />;
  }
  return session === "in" ? <Outlet /> : <ScreenSkeleton />;
}
