import { Group } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Navigate, useLocation, useParams } from "react-router";
import { isApiError } from "@/api/http/errors";
import { blockQuery } from "@/api/moderation";
import { useMe, userQuery } from "@/api/users";
import { NotFoundPage } from "@/components/feedback/NotFoundPage";
import { ErrorState, Notice } from "@/components/feedback/states";
import { FollowButton } from "@/components/follow/FollowButton";
import { PageTitle } from "@/components/page/PageTitle";
import { ShareButton } from "@/components/page/ShareButton";
import { AskForChat } from "@/components/request/AskForChat";
import { SafetyButtons } from "@/components/safety/SafetyButtons";
import { useTranslation } from "@/i18n";
import { PersonHeader, PersonHeaderSkeleton } from "./PersonHeader";
import { PersonProjects } from "./PersonProjects";

/** A person's page. */
export function UserPage() {
  const { t } = useTranslation("account");
  const { username = "" } = useParams();
  const { search } = useLocation();
  const { data: me } = useMe();
  const user = useQuery(userQuery(username));
  const isMe = me?.username === user.data?.username;
  const block = useQuery({ ...blockQuery(username), enabled: Boolean(me) && !isMe });
  if (isApiError(user.error, 404)) return <NotFoundPage />;
  if (user.isError) return <ErrorState error={user.error} onRetry={() => void user.refetch()} />;
  if (!user.data) return <PersonHeaderSkeleton />;
  const person = user.data;
  // A nickname from before leads to the page of the one they have now.
  if (person.username.toLowerCase() !== username.toLowerCase()) {
    return <Navigate to={`/users/${encodeURIComponent(person.username)}${search}`} replace />;
  }
  const blocked = block.data?.blocked ?? false;
  return (
    <>
      <PageTitle>{t("userTitle", { name: person.username })}</PageTitle>
      <PersonHeader
        person={person}
        action={
          <Group gap="xs">
            {!isMe && !blocked && (
              <>
                <AskForChat
                  partner={{ username: person.username, image: person.profile.image ?? null }}
                />
                <FollowButton thing={{ username: person.username }} name={person.username} />
              </>
            )}
            <ShareButton title={person.username} />
            {!isMe && (
              <SafetyButtons
                reported={{ kind: "user", id: person.username, author: person.username }}
                block
              />
            )}
          </Group>
        }
      />
      {blocked ? (
        <Notice title={t("blocked.title")} text={t("blocked.text")} />
      ) : (
        <PersonProjects username={person.username} mine={false} />
      )}
    </>
  );
}
