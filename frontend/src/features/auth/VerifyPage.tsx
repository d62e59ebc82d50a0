import { Button, Center, Loader } from "@mantine/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { Link, useSearchParams } from "react-router";
import { verifyEmail } from "@/api/auth";
import { isApiError } from "@/api/http/errors";
import { userKeys } from "@/api/users";
import { useSession } from "@/auth/session";
import { ErrorState } from "@/components/feedback/states";
import { ResendButton } from "@/components/safety/ResendButton";
import { useTranslation } from "@/i18n";
import { FormPage } from "./FormPage";

/** Where a mailed link leads: confirms the address at once and says what came of it. */
export function VerifyPage() {
  const { t } = useTranslation("email");
  const client = useQueryClient();
  const signedIn = useSession() === "in";
  const [search] = useSearchParams();
  const uid = search.get("uid") ?? "";
  const token = search.get("token") ?? "";
  // A query and not an effect: it is sent once, however often the page is rendered.
  const confirming = useQuery({
    queryKey: ["verify", uid, token],
    queryFn: async () => {
      await verifyEmail({ uid, token });
      return true;
    },
    enabled: Boolean(uid && token),
    retry: (count, error) => !isApiError(error, 400) && count < 2,
    staleTime: Number.POSITIVE_INFINITY,
  });

  useEffect(() => {
    if (confirming.data) void client.invalidateQueries({ queryKey: userKeys.me });
  }, [confirming.data, client]);

  if (confirming.data) {
    return (
      <FormPage title={t("verify.doneTitle")} text={t("verify.doneText")}>
        <Button component={Link} to={signedIn ? "/projects" : "/login"} fullWidth>
          {t(signedIn ? "verify.toBoard" : "verify.toLogIn")}
        </Button>
      </FormPage>
    );
  }
  if (confirming.isLoading) {
    return (
      <FormPage title={t("verify.title")}>
        <Center>
          <Loader aria-label={t("common:loading")} />
        </Center>
      </FormPage>
    );
  }
  if (confirming.isError && !isApiError(confirming.error, 400)) {
    return <ErrorState error={confirming.error} onRetry={() => void confirming.refetch()} />;
  }
  return (
    <FormPage title={t("verify.staleTitle")} text={t("verify.staleText")}>
      {signedIn ? (
        <ResendButton fullWidth />
      ) : (
        <Button component={Link} to="/login" variant="light" fullWidth>
          {t("verify.toLogIn")}
        </Button>
      )}
    </FormPage>
  );
}
