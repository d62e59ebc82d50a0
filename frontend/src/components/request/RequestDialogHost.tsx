import { lazy, Suspense, useEffect } from "react";
import { useLocation } from "react-router";
import { useSession } from "@/auth/session";
import { resumeRequest, useOpenRequest } from "./openRequest";

const RequestDialog = lazy(async () => ({
  default: (await import("./RequestDialog")).RequestDialog,
}));

/** Where a person signs in; a request that was kept waits until they are through. */
const ON_THE_WAY = /^\/(?:login|signup|welcome|password-reset)/;

/** Shows the request that is being written, above any screen. */
export function RequestDialogHost() {
  const request = useOpenRequest();
  const signedIn = useSession() === "in";
  const { pathname } = useLocation();
  const back = signedIn && !ON_THE_WAY.test(pathname);
  useEffect(() => {
    if (back) resumeRequest();
  }, [back]);
  if (!request) return null;
  return (
    <Suspense fallback={null}>
      <RequestDialog request={request} />
    </Suspense>
  );
}
