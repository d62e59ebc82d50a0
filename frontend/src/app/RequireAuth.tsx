import { useEffect } from "react";
import { Navigate, Outlet, useLocation } from "react-router";
import { logInPath } from "@/auth/logInPath";
import { getAccessToken, useSession } from "@/auth/session";
import { ScreenSkeleton } from "@/components/feedback/ScreenSkeleton";

/** Lets signed-in people through and sends others to the log-in page, which brings them back. */
export function RequireAuth() {
  const session = useSession();
  const place = useLocation();
  useEffect(() => {
    if (session === "unknown") void getAccessToken();
  }, [session]);
  if (session === "out") {
    return <Navigate to={logInPath(place)} replace />;
  }
  return session === "in" ? <Outlet /> : <ScreenSkeleton />;
}
