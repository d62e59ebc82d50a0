import { Alert, Button, Group, Stack, Text, TextInput, Title } from "@mantine/core";
import { lazy, Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import { uploadImage } from "@/api/images";
import { notify } from "@/components/feedback/notify";
import { useErrorText } from "@/components/feedback/useErrorText";
import { FormFailure } from "@/components/form/FormFailure";
import { SkillPicker } from "@/components/form/SkillPicker";
import { useSubmit } from "@/components/form/useSubmit";
import { PageTitle } from "@/components/page/PageTitle";
import type { Draft } from "./draft";
import classes from "./EditorPage.module.css";
import { LeaveGuard } from "./LeaveGuard";
import { ThumbnailField } from "./ThumbnailField";
import { useDraft } from "./useDraft";

const MarkdownEditor = lazy(async () => ({
  default: (await import("./MarkdownEditor")).MarkdownEditor,
}));

const FIELDS = ["title", "summary", "content", "github_url", "skills", "thumbnail"];

interface Props {
  /** `new`, or the project's id: the name under which the draft is kept. */
  name: string;
  original: Draft;
  heading: string;
  action: string;
  /** Sends it; the page that gives this also leaves. Throws ApiError. */
  publish: (draft: Draft) => Promise<void>;
}

/** Writes or edits a project. */
export function EditorPage({ name, original, heading, action, publish }: Props) {
  const { t, i18n } = useTranslation("editor");
  const errorText = useErrorText();
  const { draft, change, changed, restored, savedAt, failed, discard, done } = useDraft(
    name,
    original,
  );
  const [version, setVersion] = useState(0);
  const [uploads, setUploads] = useState<Record<number, number>>({});
  const [leaving, setLeaving] = useState(false);
  const { busy, submit, errors, failure } = useSubmit(FIELDS);

  async function storeImage(file: Blob): Promise<string | null> {
    const id = Date.now() + Math.random();
    try {
      const stored = await uploadImage(file, "project", (part) =>
        setUploads((all) => ({ ...all, [id]: part })),
      );
      return stored.url;
    } catch (error) {
      void notify(errorText(error), "failed");
      return null;
    } finally {
      setUploads(({ [id]: _finished, ...rest }) => rest);
    }
  }

  const send = () =>
    submit(async () => {
      setLeaving(true);
      try {
        await publish({ ...draft, title: draft.title.trim(), summary: draft.summary.trim() });
        done();
      } catch (error) {
        setLeaving(false);
        throw error;
      }
    });

  const running = Object.values(uploads);
  return (
    <form
      className={classes.page}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      <PageTitle>{heading}</PageTitle>
      <LeaveGuard active={changed && !leaving} />
      <Title order={1} size="h2">
        {heading}
      </Title>
      {restored && changed && (
        <Alert variant="light" color="amber" py="xs">
          <Group justify="space-between">
            <Text size="sm">{t("restored")}</Text>
            <Button
              size="compact-sm"
              variant="subtle"
              color="gray"
              onClick={() => {
                discard();
                setVersion((before) => before + 1);
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
        <Suspense fallback={<div className={classes.editorWait} role="status" />}>
          <MarkdownEditor
            key={version}
            initial={draft.content}
            label={t("content")}
            onChange={(content) => change({ content })}
            onImage={storeImage}
          />
        </Suspense>
        <Text size="xs" c={errors.content ? "var(--mantine-color-error)" : "dimmed"} mt={6}>
          {errors.content ?? t("contentHint")}
        </Text>
      </div>
      <FormFailure text={failure} />
      <div className={classes.bar}>
        <Text size="sm" c={failed ? "var(--mantine-color-error)" : "dimmed"} role="status">
          {running.length > 0
            ? t("common:image.uploading", {
                percent: Math.round((100 * running.reduce((a, b) => a + b, 0)) / running.length),
              })
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
        <Button type="submit" loading={busy} disabled={!draft.title.trim() || running.length > 0}>
          {action}
        </Button>
      </div>
    </form>
  );
}
