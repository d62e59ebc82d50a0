import { Button } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Link, useNavigate, useSearchParams } from "react-router";
import { useMe } from "@/api/users";
import { ErrorState } from "@/components/feedback/states";
import { ProfileForm } from "@/components/person/ProfileForm";
import { FormPage } from "./FormPage";
import { safeNext } from "./next";

/** Right after signing up: the profile that recommendations and partners look at. */
export function WelcomePage() {
  const { t } = useTranslation("auth");
  const me = useMe();
  const navigate = useNavigate();
  const [search] = useSearchParams();
  const next = safeNext(search, "/projects");
  if (me.isError) return <ErrorState error={me.error} onRetry={() => void me.refetch()} />;
  if (!me.data) return null;
  return (
    <FormPage
      title={t("welcome.title", { name: me.data.username })}
      text={t("welcome.text")}
      width={620}
    >
      <ProfileForm
        account={me.data}
        submitLabel={t("welcome.action")}
        onSaved={() => void navigate(next, { replace: true })}
        secondary={
          <Button component={Link} to={next} variant="subtle" color="gray">
            {t("welcome.later")}
          </Button>
        }
      />
    </FormPage>
  );
}
