import { Alert, Button, Group, NativeSelect, Stack, Text, TextInput, Title } from "@mantine/core";
import { lazy, Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import { isApiError } from "@/api/errors";
import { FormFailure } from "@/components/form/FormFailure";
import { SkillPicker } from "@/components/form/SkillPicker";
import { useSubmit } from "@/components/form/useSubmit";
import { PageTitle } from "@/components/page/PageTitle";
import { Conflict, type Published } from "./Conflict";
import type { Draft } from "./draft";
import classes from "./EditorPage.module.css";
import { LeaveGuard } from "./LeaveGuard";
import { ThumbnailField } from "./ThumbnailField";
import { useDraft } from "./useDraft";

const MarkdownEditor = lazy(async () => ({
  default: (await import("./MarkdownEditor")).MarkdownEditor,
}));

const STAGES = ["idea", "building", "launched", "paused"] as const;
const FIELDS = [
  "title",
  "summary",
  "content",
  "github_url",
  "demo_url",
  "stage",
  "skills",
  "thumbnail",
];

interface Props {
  /** My account's id: drafts belong to it. */
  accountId: number;
  /** `new`, or the project's id: the name under which the draft is kept. */
  name: string;
  original: Draft;
  heading: string;
  action: string;
  /** The version of `original`, where it is published. */
  published?: number;
  /** Sends it; the page that gives this also leaves. Throws ApiError, 412 for an older version. */
  publish: (draft: Draft, version: number | undefined) => Promise<void>;
  /** Reads what is published now, after a 412. */
  readPublished?: () => Promise<Published>;
}

/** Writes or edits a project. */
export function EditorPage({
  accountId,
  name,
  original,
  published,
  heading,
  action,
  publish,
  readPublished,
}: Props) {
  const { t, i18n } = useTranslation("editor");
  const { draft, change, changed, restored, savedAt, failed, discard, done, version, setVersion } =
    useDraft(accountId, name, original, published);
  const [generation, setGeneration] = useState(0);
  const [conflict, setConflict] = useState<Published | null>(null);
  const [uploading, setUploading] = useState(false);
  const [leaving, setLeaving] = useState(false);
  const { busy, submit, errors, failure } = useSubmit(FIELDS);

  const send = (seen: number | undefined) =>
    submit(async () => {
      setLeaving(true);
      try {
        const trimmed = { ...draft, title: draft.title.trim(), summary: draft.summary.trim() };
        await publish(trimmed, seen);
        done();
      } catch (error) {
        setLeaving(false);
        if (!readPublished || !isApiError(error, 412)) throw error;
        setConflict(await readPublished());
      }
    });

  function takePublished({ draft: theirs, version: now }: Published) {
    change(theirs);
    setVersion(now);
    setGeneration((before) => before + 1);
    setConflict(null);
  }

  return (
    <form
      className={classes.page}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void send(version);
      }}
    >
      <PageTitle>{heading}</PageTitle>
      {conflict && (
        <Conflict
          mine={draft}
          published={conflict}
          onMine={() => {
            setVersion(conflict.version);
            setConflict(null);
            void send(conflict.version);
          }}
          onPublished={() => takePublished(conflict)}
          onClose={() => setConflict(null)}
        />
      )}
      <LeaveGuard active={changed && !leaving} />
      <Title order={1} size="h2">
        {heading}
      </Title>
      {restored && changed && (
        <Alert variant="light" color="amber" py="xs">
          <Group justify="space-between">
            <Text size="sm">
              {t("restored")} {version !== published && t("outdated")}
            </Text>
            <Button
              size="compact-sm"
              variant="subtle"
              color="gray"
              onClick={() => {
                discard();
                setVersion(published);
                setGeneration((before) => before + 1);
              }}
            >
              {t("discard")}
            </Button>
          </Group>
        </Alert>
      )}
      <div className={classes.top}>
        <Stack>
          <TextInput
            size="lg"
            label={t("title")}
            placeholder={t("titlePlaceholder")}
            required
            withAsterisk={false}
            maxLength={100}
            value={draft.title}
            error={errors.title}
            onChange={(event) => change({ title: event.currentTarget.value })}
          />
          <TextInput
            label={t("summary")}
            placeholder={t("summaryPlaceholder")}
            maxLength={200}
            value={draft.summary}
            error={errors.summary}
            onChange={(event) => change({ summary: event.currentTarget.value })}
          />
          <SkillPicker
            label={t("skills")}
            description={t("skillsHint")}
            placeholder={t("common:skills.add")}
            maxValues={10}
            value={draft.skills}
            error={errors.skills}
            onChange={(skills) => change({ skills })}
          />
          <TextInput
            label={t("github")}
            type="url"
            placeholder="https://github.com/…"
            maxLength={200}
            value={draft.github_url}
            error={errors.github_url}
            onChange={(event) => change({ github_url: event.currentTarget.value.trim() })}
          />
          <TextInput
            label={t("demo")}
            type="url"
            placeholder="https://…"
            maxLength={200}
            value={draft.demo_url}
            error={errors.demo_url}
            onChange={(event) => change({ demo_url: event.currentTarget.value.trim() })}
          />
          <NativeSelect
            label={t("stage")}
            data={STAGES.map((stage) => ({ value: stage, label: t(`common:stage.${stage}`) }))}
            value={draft.stage}
            error={errors.stage}
            onChange={(event) => {
              const chosen = STAGES.find((stage) => stage === event.currentTarget.value);
              if (chosen) change({ stage: chosen });
            }}
          />
        </Stack>
        <ThumbnailField
          value={draft.thumbnail}
          title={draft.title}
          error={errors.thumbnail}
          onChange={(thumbnail) => change({ thumbnail })}
        />
      </div>
      <div>
        <Text component="h2" fw={600} size="sm" mb={4}>
          {t("content")}
        </Text>
        {!draft.content && (
          <Button
            variant="light"
            size="compact-sm"
            mb={8}
            onClick={() => {
              change({ content: t("template.text") });
              setGeneration((before) => before + 1);
            }}
          >
            {t("template.action")}
          </Button>
        )}
        <Suspense fallback={<div className={classes.editorWait} role="status" />}>
          <MarkdownEditor
            key={generation}
            initial={draft.content}
            label={t("content")}
            onChange={(content) => change({ content })}
            onBusy={setUploading}
          />
        </Suspense>
        <Text size="xs" c={errors.content ? "var(--mantine-color-error)" : "dimmed"} mt={6}>
          {errors.content ?? t("contentHint")}
        </Text>
      </div>
      <FormFailure text={failure} />
      <div className={classes.bar}>
        <Text size="sm" c={failed ? "var(--mantine-color-error)" : "dimmed"} role="status">
          {uploading
            ? t("upload.waiting")
            : failed
              ? t("notKept")
              : changed && savedAt
                ? t("kept", {
                    time: new Intl.DateTimeFormat(i18n.language, { timeStyle: "short" }).format(
                      savedAt,
                    ),
                  })
                : ""}
        </Text>
        <Button type="submit" loading={busy} disabled={!draft.title.trim() || uploading}>
          {action}
        </Button>
      </div>
    </form>
  );
}
