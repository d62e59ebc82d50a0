import { Button } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link, useSearchParams } from "react-router";
import { useMe } from "@/api/users";
import { ErrorState } from "@/components/feedback/states";
import { ProfileForm } from "@/components/person/ProfileForm";
import { FormPage } from "./FormPage";
import { safeNext } from "./next";
import { Starters } from "./Starters";

/** Right after signing up: the profile that recommendations and partners look at. */
export function WelcomePage() {
  const { t } = useTranslation("auth");
  const me = useMe();
  const [saved, setSaved] = useState(false);
  const [search] = useSearchParams();
  const next = safeNext(search, "/projects");
  if (me.isError) return <ErrorState error={me.error} onRetry={() => void me.refetch()} />;
  if (!me.data) return null;
  if (saved) return <Starters next={next} />;
  return (
    <FormPage
      title={t("welcome.title", { name: me.data.username })}
      text={t("welcome.text")}
      width={620}
    >
      <ProfileForm
        account={me.data}
        submitLabel={t("welcome.action")}
        onSaved={() => setSaved(true)}
        secondary={
          <Button component={Link} to={next} variant="subtle" color="gray">
            {t("welcome.later")}
          </Button>
        }
      />
    </FormPage>
  );
}
