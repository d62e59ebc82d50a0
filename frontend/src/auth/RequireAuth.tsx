import { useEffect } from "react";
import { Navigate, Outlet, useLocation } from "react-router";
import { ScreenSkeleton } from "@/app/ScreenSkeleton";
import { logInPath } from "./logInPath";
import { getAccessToken, useSession } from "./session";

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
