import { Button, Tabs } from "@mantine/core";
import { IconPencil } from "@tabler/icons-react";
import { useSearchParams } from "react-router";
import { useMe } from "@/api/users";
import { notify } from "@/components/feedback/notify";
import { ErrorState } from "@/components/feedback/states";
import { PageTitle } from "@/components/page/PageTitle";
import { ProfileForm } from "@/components/person/profile/ProfileForm";
import { useTranslation } from "@/i18n";
import { AccountForm } from "./AccountForm";
import classes from "./account.module.css";
import { BlockedPeople } from "./BlockedPeople";
import { ChangePassword } from "./ChangePassword";
import { DeleteAccount } from "./DeleteAccount";
import { EmailForm } from "./EmailForm";
import { PersonHeader, PersonHeaderSkeleton } from "./PersonHeader";
import { Bookmarked, Written } from "./PersonProjects";

const TABS = ["projects", "bookmarks", "profile", "account"] as const;
type Tab = (typeof TABS)[number];

/** My page: what I made and bookmarked, and what others see of me. */
export function MyPage() {
  const { t } = useTranslation("account");
  const me = useMe();
  const [search, setSearch] = useSearchParams();
  const tab = TABS.find((name) => name === search.get("tab")) ?? "projects";
  const show = (next: Tab) =>
    setSearch(next === "projects" ? {} : { tab: next }, { preventScrollReset: true });

  if (me.isError) return <ErrorState error={me.error} onRetry={() => void me.refetch()} />;
  if (!me.data?.username) return <PersonHeaderSkeleton />;
  const username = me.data.username;
  return (
    <>
      <PageTitle>{t("myTitle")}</PageTitle>
      <PersonHeader
        person={me.data}
        action={
          <Button
            variant="default"
            leftSection={<IconPencil size={17} aria-hidden="true" />}
            onClick={() => show("profile")}
          >
            {t("editProfile")}
          </Button>
        }
      />
      <Tabs
        classNames={{ tab: classes.tab }}
        value={tab}
        keepMounted={false}
        onChange={(value) => show(value as Tab)}
      >
        <Tabs.List mb="lg">
          {TABS.map((name) => (
            <Tabs.Tab key={name} value={name}>
              {t(`tabs.${name}`)}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Tabs.Panel value="projects">
          <Written username={username} mine />
        </Tabs.Panel>
        <Tabs.Panel value="bookmarks">
          <Bookmarked username={username} mine />
        </Tabs.Panel>
        <Tabs.Panel value="profile">
          <div className={classes.panel}>
            <ProfileForm
              account={me.data}
              submitLabel={t("common:action.save")}
              onSaved={() => void notify(t("saved"))}
            />
          </div>
        </Tabs.Panel>
        <Tabs.Panel value="account">
          <div className={classes.panel}>
            <AccountForm account={me.data} />
            <EmailForm account={me.data} />
            <ChangePassword />
            <BlockedPeople />
            <DeleteAccount />
          </div>
        </Tabs.Panel>
      </Tabs>
    </>
  );
}
