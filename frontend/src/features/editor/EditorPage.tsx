import { Alert, Button, Group, Text, Title } from "@mantine/core";
import { lazy, Suspense, useState } from "react";
import { useNavigate } from "react-router";
import { isApiError } from "@/api/http/errors";
import { FormFailure } from "@/components/form/FormFailure";
import { useSubmit } from "@/components/form/useSubmit";
import { PageTitle } from "@/components/page/PageTitle";
import { useTranslation } from "@/i18n";
import type { Original } from "./drafts/beginning";
import { Conflict } from "./drafts/Conflict";
import { DraftList } from "./drafts/DraftList";
import { type Draft, draftOf } from "./drafts/draft";
import { LeaveGuard } from "./drafts/LeaveGuard";
import { SavedState } from "./drafts/SavedState";
import { type OpenedDraft, useDraft } from "./drafts/useDraft";
import classes from "./EditorPage.module.css";
import { ProjectFields } from "./ProjectFields";

const MarkdownEditor = lazy(async () => ({
  default: (await import("./text/MarkdownEditor")).MarkdownEditor,
}));

const FIELDS = [
  "title",
  "summary",
  "content",
  "github_url",
  "demo_url",
  "stage",
  "skills",
  "thumbnail",
  "pictures",
];

interface Props {
  opened: OpenedDraft;
  /** What is published; an empty text for a new project. */
  original: Original;
  heading: string;
  action: string;
  /** Publishes it and tells the address of the page. Throws ApiError, 412 for an older version. */
  publish: (draft: Draft, version: number | null) => Promise<string>;
  /** Reads what is published now, after a 412. */
  readPublished?: () => Promise<Original>;
}

/** Writes or edits a project. */
export function EditorPage({ opened, original, heading, action, publish, readPublished }: Props) {
  const { t } = useTranslation("editor");
  const navigate = useNavigate();
  const { store, draft, version, ...state } = useDraft(opened, original.draft);
  const { place, theirs } = state;
  const [generation, setGeneration] = useState(0);
  const [conflict, setConflict] = useState<Original | null>(null);
  const [comparison, setComparison] = useState<typeof theirs>(null);
  const [uploading, setUploading] = useState(false);
  const [leaving, setLeaving] = useState(false);
  const { busy, submit, errors, failure } = useSubmit(FIELDS);
  const begunFrom = opened.beginning.seen || opened.beginning.isUnsent;
  const showEditorAgain = () => setGeneration((before) => before + 1);
  const change = (part: Partial<Draft>) => store.change(part);
  // It opens by itself once for each text of another device.
  const isComparing = theirs !== null && comparison !== theirs;

  const send = (seen: number | null) =>
    submit(async () => {
      setLeaving(true);
      try {
        const trimmed = { ...draft, title: draft.title.trim(), summary: draft.summary.trim() };
        const path = await publish(trimmed, seen);
        void store.end();
        await navigate(path, { replace: true });
      } catch (error) {
        setLeaving(false);
        if (!readPublished || !isApiError(error, 412)) throw error;
        setConflict(await readPublished());
      }
    });

  return (
    <form
      className={classes.page}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (theirs) setComparison(null);
        else void send(version);
      }}
    >
      <PageTitle>{heading}</PageTitle>
      {conflict && (
        <Conflict
          of="conflict"
          mine={draft}
          theirs={conflict.draft}
          onMine={() => {
            store.change({}, conflict.version);
            setConflict(null);
            void send(conflict.version);
          }}
          onTheirs={() => {
            store.change(conflict.draft, conflict.version);
            showEditorAgain();
            setConflict(null);
          }}
          onClose={() => setConflict(null)}
        />
      )}
      {isComparing && (
        <Conflict
          of="draftConflict"
          mine={draft}
          theirs={draftOf(theirs)}
          onMine={() => void store.keepMine()}
          onTheirs={() => {
            store.takeTheirs();
            showEditorAgain();
          }}
          onClose={() => setComparison(theirs)}
        />
      )}
      <LeaveGuard store={store} place={place} active={store.isChanged && !leaving} />
      <Group justify="space-between">
        <Title order={1} size="h2">
          {heading}
        </Title>
        <DraftList current={opened.key} />
      </Group>
      {begunFrom && store.isChanged && (
        <Alert variant="light" color="amber" py="xs">
          <Group justify="space-between">
            <Text size="sm">{t("restored")}</Text>
            <Button
              size="compact-sm"
              variant="subtle"
              color="gray"
              onClick={() => {
                store.change(original.draft, original.version);
                showEditorAgain();
              }}
            >
              {t("discard")}
            </Button>
          </Group>
        </Alert>
      )}
      <ProjectFields draft={draft} errors={errors} onChange={change} />
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
              showEditorAgain();
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
        {errors.content && (
          <Text size="xs" c="var(--mantine-color-error)" mt={6}>
            {errors.content}
          </Text>
        )}
      </div>
      <FormFailure text={failure} />
      <div className={classes.bar}>
        {uploading ? (
          <Text size="sm" c="dimmed" role="status">
            {t("upload.waiting")}
          </Text>
        ) : (
          <SavedState state={state} onCompare={() => setComparison(null)} />
        )}
        <Button type="submit" loading={busy} disabled={!draft.title.trim() || uploading}>
          {action}
        </Button>
      </div>
    </form>
  );
}
