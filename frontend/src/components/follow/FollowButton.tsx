import { Button } from "@mantine/core";
import { IconBellCheck, IconBellPlus } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "react-router";
import { type Followed, followQuery, useFollow } from "@/api/follows";
import { logInPath } from "@/auth/logInPath";
import { useSession } from "@/auth/session";
import { notify } from "@/components/feedback/notify";
import { useErrorText } from "@/components/feedback/useErrorText";
import { useTranslation } from "@/i18n";

interface Props {
  thing: Followed;
  /** Its name, for people who hear the page. */
  name: string;
  /** Whether I follow it, where the page knows it already. */
  known?: boolean;
}

/** Follows a person or skill, or no longer; visitors are asked to log in. */
export function FollowButton({ thing, name, known }: Props) {
  const { t } = useTranslation("common");
  const errorText = useErrorText();
  const navigate = useNavigate();
  const signedOut = useSession() === "out";
  const { data } = useQuery({
    ...followQuery(thing),
    enabled: !signedOut,
    initialData: known === undefined ? undefined : { following: known },
  });
  const follow = useFollow(thing);
  const following = data?.following ?? false;
  const Icon = following ? IconBellCheck : IconBellPlus;

  function click() {
    if (signedOut) return void navigate(logInPath());
    follow.mutate(!following, {
      onError: (error) => void notify(errorText(error), "failed"),
    });
  }

  return (
    <Button
      variant={following ? "light" : "default"}
      aria-pressed={following}
      aria-label={t(following ? "follow.undoName" : "follow.actionName", { name })}
      leftSection={<Icon size={17} aria-hidden="true" />}
      loading={follow.isPending}
      onClick={click}
    >
      {t(following ? "follow.on" : "follow.action")}
    </Button>
  );
}
