import { Button, Group, Stack, Text, Title } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate } from "react-router";
import { useAcceptRequest, useLeaveRoom } from "@/api/rooms";
import type { Person, Room } from "@/api/types";
import { useMe, userQuery } from "@/api/users";
import { notify } from "@/components/feedback/notify";
import { useErrorText } from "@/components/feedback/useErrorText";
import { ProfileFacts } from "@/components/person/profile/ProfileFacts";
import { SkillList } from "@/components/person/SkillList";
import { UserAvatar } from "@/components/person/UserAvatar";
import { SafetyButtons } from "@/components/safety/SafetyButtons";
import { RelativeTime } from "@/components/text/RelativeTime";
import { Bubble } from "@/features/chat/components/messages/Bubble";
import { useTranslation } from "@/i18n";
import classes from "./RequestCard.module.css";

interface Props {
  room: Room;
  /** Who asks. */
  person: Person;
  /** The asker's first words; empty where there are none. */
  message: string;
}

/** A request that waits for my answer: who asks, their stack alongside mine, about what, and why. */
export function RequestCard({ room, person, message }: Props) {
  const { t } = useTranslation("chat");
  const errorText = useErrorText();
  const navigate = useNavigate();
  const accept = useAcceptRequest(room.id);
  const decline = useLeaveRoom(room.id);
  const { data: user } = useQuery(userQuery(person.username));
  const busy = accept.isPending || decline.isPending;
  const onError = (error: unknown) => void notify(errorText(error), "failed");

  function declineNow() {
    // A promise, for the card may be gone from the screen before the answer is here.
    decline.mutateAsync().then(() => {
      void notify(t("request.declined"));
      void navigate("/chat", { replace: true });
    }, onError);
  }

  return (
    <div className={classes.place}>
      <article className={classes.card} aria-labelledby="request-title">
        <header className={classes.head}>
          <UserAvatar name={person.username} image={person.image} size={64} />
          <div className={classes.who}>
            <Title order={1} size="h3" id="request-title">
              {t("request.title", { name: person.username })}
            </Title>
            <Text size="sm" c="dimmed">
              <RelativeTime at={room.updated_at} />
              {" · "}
              <Link to={`/users/${encodeURIComponent(person.username)}`}>
                {t("request.profile")}
              </Link>
            </Text>
          </div>
        </header>
        {room.project && (
          <div className={classes.about}>
            <Text size="xs" c="dimmed">
              {t("request.about")}
            </Text>
            <Link to={`/projects/${room.project.id}`} dir="auto">
              {room.project.title}
            </Link>
          </div>
        )}
        {message && <Bubble text={message} />}
        <Stacks theirs={user?.profile.skills} />
        {user && <ProfileFacts profile={user.profile} />}
        <Text size="sm" c="dimmed">
          {t("request.discreet")}
        </Text>
        <Group gap="xs">
          <Button
            loading={accept.isPending}
            disabled={busy}
            onClick={() => accept.mutate(undefined, { onError })}
          >
            {t("request.accept")}
          </Button>
          <Button
            variant="default"
            loading={decline.isPending}
            disabled={busy}
            onClick={declineNow}
          >
            {t("request.decline")}
          </Button>
          <span className={classes.more}>
            <SafetyButtons
              reported={{ kind: "user", id: person.username, author: person.username }}
              block
            />
          </span>
        </Group>
      </article>
    </div>
  );
}

/** Their skills, first those that are mine as well. */
function Stacks({ theirs = [] }: { theirs: string[] | undefined }) {
  const { t } = useTranslation("chat");
  const mine = new Set(useMe().data?.profile?.skills);
  const shared = theirs.filter((name) => mine.has(name));
  const others = theirs.filter((name) => !mine.has(name));
  if (!theirs.length) return null;
  return (
    <Stack gap="xs">
      {shared.length > 0 && (
        <div data-shared>
          <Text size="xs" fw={600} mb={4}>
            {t("request.shared", { count: shared.length })}
          </Text>
          <SkillList names={shared} />
        </div>
      )}
      {others.length > 0 && (
        <div>
          <Text size="xs" c="dimmed" mb={4}>
            {t(shared.length ? "request.others" : "request.theirs")}
          </Text>
          <SkillList names={others} most={12} />
        </div>
      )}
    </Stack>
  );
}
