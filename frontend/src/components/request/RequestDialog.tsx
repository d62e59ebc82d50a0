import { Alert, Button, Group, Modal, Select, Stack, Text, Textarea } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import { type FormEvent, useEffect, useState } from "react";
import { useNavigate } from "react-router";
import { itemsOf } from "@/api/http/pages";
import { projectsQuery } from "@/api/projects";
import { useCreateRoom } from "@/api/rooms";
import { useMe } from "@/api/users";
import { logInPath } from "@/auth/logInPath";
import { useSession } from "@/auth/session";
import { notify } from "@/components/feedback/notify";
import { FormFailure } from "@/components/form/FormFailure";
import { useSubmit } from "@/components/form/useSubmit";
import { UserAvatar } from "@/components/person/UserAvatar";
import { hasNothingToSee } from "@/components/text/nothingToSee";
import { useTranslation } from "@/i18n";
import { mayOfferPushes, usePushes } from "@/realtime/push";
import { type ChatRequest, closeRequest, keepRequest } from "./openRequest";
import { PushOffer } from "./PushOffer";
import classes from "./RequestDialog.module.css";
import { requestFailure } from "./requestFailure";

/** The longest message of a request, in characters. */
const MESSAGE_MAX_LENGTH = 500;
const FIELDS = ["message", "project"];

/** Asks a person for a coffee chat: about which project, and with which first words. */
export function RequestDialog({ request }: { request: ChatRequest }) {
  const { t } = useTranslation("request");
  const { username } = request.partner;
  // It goes as a whole, and a modal gives the focus back only when it is closed and stays.
  const [opener] = useState(() => document.activeElement);
  useEffect(() => {
    return () => {
      if (opener instanceof HTMLElement) opener.focus({ preventScroll: true });
    };
  }, [opener]);
  return (
    <Modal
      opened
      onClose={closeRequest}
      centered
      size={480}
      title={t("title", { name: username })}
      closeButtonProps={{ "aria-label": t("common:action.close") }}
    >
      <RequestForm request={request} />
    </Modal>
  );
}

function RequestForm({ request }: { request: ChatRequest }) {
  const { t, i18n } = useTranslation("request");
  const { partner } = request;
  const visitor = useSession() === "out";
  const me = useMe().data;
  const navigate = useNavigate();
  const create = useCreateRoom();
  const [project, setProject] = useState(request.project);
  const [message, setMessage] = useState(request.message);
  const { busy, submit, errors, failure, error } = useSubmit(FIELDS);
  const pushes = usePushes();
  const [isOffering, setOffering] = useState(false);
  const suggestions = project
    ? [t("suggestion.project", { title: project.title }), t("suggestion.stack")]
    : [t("suggestion.stack"), t("suggestion.making")];

  function send(event: FormEvent) {
    event.preventDefault();
    void submit(async () => {
      const room = await create.mutateAsync({
        partner: partner.username,
        message: message.trim(),
        ...(project && { project: project.id }),
      });
      if (!room.writable && pushes.state === "off" && mayOfferPushes()) {
        setOffering(true);
        return;
      }
      closeRequest();
      if (room.writable) await navigate(`/chat/${room.id}`);
      else void notify(t("sent", { name: partner.username }));
    });
  }

  async function goTo(page: "login" | "signup") {
    keepRequest({ partner, project, message });
    await navigate(logInPath().replace("/login", `/${page}`));
  }

  if (me?.username === partner.username) {
    return <Text>{t("yourself")}</Text>;
  }
  if (isOffering) {
    const turnOn = () => pushes.turn(true);
    return <PushOffer name={partner.username} turnOn={turnOn} onDone={closeRequest} />;
  }
  return (
    <form onSubmit={send}>
      <Stack>
        <Group gap="sm" wrap="nowrap">
          <UserAvatar name={partner.username} image={partner.image} size={44} />
          <Text size="sm" c="dimmed">
            {t("text", { name: partner.username })}
          </Text>
        </Group>
        <ProjectChoice
          username={partner.username}
          value={project}
          error={errors.project}
          onChange={setProject}
        />
        <div>
          <Textarea
            label={t("message")}
            placeholder={t("placeholder")}
            autosize
            minRows={3}
            maxRows={8}
            maxLength={MESSAGE_MAX_LENGTH}
            data-autofocus
            dir="auto"
            value={message}
            error={errors.message}
            onChange={(event) => setMessage(event.currentTarget.value)}
          />
          {hasNothingToSee(message) && (
            <ul className={classes.suggestions} aria-label={t("suggestion.label")}>
              {suggestions.map((suggestion) => (
                <li key={suggestion}>
                  <button type="button" onClick={() => setMessage(suggestion)}>
                    {suggestion}
                  </button>
                </li>
              ))}
            </ul>
          )}
        </div>
        <FormFailure text={error ? requestFailure(error, t, i18n.language, failure) : failure} />
        {visitor ? (
          <Alert variant="light" title={t("visitor.title")}>
            <Text size="sm" mb="sm">
              {t("visitor.text")}
            </Text>
            <Group gap="xs">
              <Button size="sm" onClick={() => void goTo("login")}>
                {t("common:nav.logIn")}
              </Button>
              <Button size="sm" variant="default" onClick={() => void goTo("signup")}>
                {t("common:nav.signUp")}
              </Button>
            </Group>
          </Alert>
        ) : (
          <Group justify="flex-end">
            <Button variant="default" onClick={closeRequest}>
              {t("common:action.cancel")}
            </Button>
            <Button type="submit" loading={busy} disabled={hasNothingToSee(message)}>
              {t("send")}
            </Button>
          </Group>
        )}
      </Stack>
    </form>
  );
}

interface ProjectChoiceProps {
  username: string;
  value: ChatRequest["project"];
  error: string | undefined;
  onChange: (project: ChatRequest["project"]) => void;
}

/** Which of the person's newest projects it is about, or none. */
function ProjectChoice({ username, value, error, onChange }: ProjectChoiceProps) {
  const { t } = useTranslation("request");
  const list = useInfiniteQuery(projectsQuery({ author: username }));
  const projects = itemsOf(list.data);
  // What the dialog was opened with stays to choose, however old it is.
  const known = value && !projects.some(({ id }) => id === value.id) ? [value] : [];
  const all = [...known, ...projects];
  if (all.length === 0) return null;
  return (
    <Select
      label={t("project")}
      placeholder={t("noProject")}
      clearable
      clearButtonProps={{ "aria-label": t("noProject") }}
      data={all.map(({ id, title }) => ({ value: String(id), label: title }))}
      value={value && String(value.id)}
      error={error}
      onChange={(id) => onChange(all.find((project) => String(project.id) === id) ?? null)}
    />
  );
}
