import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useParams } from "react-router";
import { api, unwrap } from "@/api/client";
import { useMe } from "@/auth/useMe";
import { AskForChat } from "@/components/AskForChat";
import { PageTitle } from "@/components/PageTitle";
import { ErrorState } from "@/components/states";
import { PersonHeader, PersonHeaderSkeleton } from "./PersonHeader";
import { PersonProjects } from "./PersonProjects";

/** Somebody's page. */
export function UserPage() {
  const { t } = useTranslation("account");
  const { username = "" } = useParams();
  const { data: me } = useMe();
  const user = useQuery({
    queryKey: ["users", username],
    queryFn: ({ signal }) =>
      unwrap(api.GET("/api/v1/users/{username}/", { params: { path: { username } }, signal })),
    staleTime: 60_000,
  });
  if (user.isError) return <ErrorState error={user.error} onRetry={() => void user.refetch()} />;
  if (!user.data) return <PersonHeaderSkeleton />;
  const person = user.data;
  return (
    <>
      <PageTitle>{t("userTitle", { name: person.username })}</PageTitle>
      <PersonHeader
        person={person}
        action={me?.username !== person.username && <AskForChat username={person.username} />}
      />
      <PersonProjects username={person.username} mine={false} />
    </>
  );
}
