import { Button, Group } from "@mantine/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { type ReactNode, useEffect, useState } from "react";
import { Link, Navigate, useSearchParams } from "react-router";
import { draftKeys, draftQuery, type SavedDraft } from "@/api/drafts";
import { ScreenSkeleton } from "@/components/feedback/ScreenSkeleton";
import { ErrorState, Notice } from "@/components/feedback/states";
import { moment } from "@/components/text/format";
import { useTranslation } from "@/i18n";
import { beginningOf, isOutdated, type Original } from "./beginning";
import { sendUnsent } from "./sendUnsent";
import { adoptOldDrafts, type DraftKey, draftPath, isDraftId, readUnsent } from "./unsent";
import type { OpenedDraft } from "./useDraft";
import { useDraftLock } from "./useDraftLock";

interface Props {
  /** My account's id: drafts belong to it. */
  accountId: number;
  /** The project that is changed; null for a new one. */
  project: number | null;
  original: Original;
  children: (opened: OpenedDraft) => ReactNode;
}

/**
 * The draft that the address names, `?draft=UUID`; without one, a new draft under an address of its
 * own, so that each tab has its own and a reload goes on with it.
 */
export function OpenDraft({ accountId, project, original, children }: Props) {
  const client = useQueryClient();
  const id = useSearchParams()[0].get("draft");

  useEffect(() => {
    adoptOldDrafts(accountId);
    void sendUnsent(accountId).then((sent) => {
      if (sent) void client.invalidateQueries({ queryKey: draftKeys.list(accountId) });
    });
  }, [accountId, client]);

  if (!isDraftId(id)) return <FreshDraft project={project} />;
  const key = { accountId, id, project };
  return (
    <LockedDraft key={id} draftKey={key} original={original}>
      {children}
    </LockedDraft>
  );
}

/** The ids that were made here and not opened yet: the server need not be asked for them. */
const fresh = new Set<string>();

function FreshDraft({ project }: Pick<Props, "project">) {
  const [id] = useState(() => {
    const made = crypto.randomUUID();
    fresh.add(made);
    return made;
  });
  return <Navigate to={draftPath(project, id)} replace />;
}

interface StepProps {
  draftKey: DraftKey;
  original: Original;
  children: Props["children"];
}

/** Writes the draft in this tab, unless another one does. */
function LockedDraft(props: StepProps) {
  const { t } = useTranslation("editor");
  const { id, project } = props.draftKey;
  const { holder, isMine, takeOver } = useDraftLock(id);
  if (holder === "here") return <ReadDraft {...props} isMine={isMine} />;
  if (holder === "wait") return <ScreenSkeleton />;
  return (
    <Notice
      title={t("elsewhere.title")}
      text={t("elsewhere.text")}
      action={
        <Group justify="center">
          <Button variant="default" component={Link} to={draftPath(project)}>
            {t("elsewhere.fresh")}
          </Button>
          <Button onClick={takeOver}>{t("elsewhere.here")}</Button>
        </Group>
      }
    />
  );
}

/** Reads it from the server; one that was made just now is not there yet. */
function ReadDraft(props: StepProps & { isMine: OpenedDraft["isMine"] }) {
  const { accountId, id, project } = props.draftKey;
  const [unsent] = useState(() => readUnsent(accountId, id));
  const [isNew] = useState(() => fresh.has(id));
  useEffect(() => () => void fresh.delete(id), [id]);
  const query = draftQuery(accountId, id);
  const read = useQuery({ ...query, enabled: !isNew, ...(unsent && { retry: false }) });
  if (isNew) return <BegunDraft {...props} unsent={null} saved={null} />;
  if (read.isFetchedAfterMount && read.isSuccess) {
    // Published, deleted, or another account's.
    if (!unsent && !read.data) return <Navigate to={draftPath(project)} replace />;
    return <BegunDraft {...props} unsent={unsent} saved={read.data} />;
  }
  if (!read.isError) return <ScreenSkeleton />;
  // The server is away: what is kept here goes on, and is compared when it is sent.
  if (unsent) return <BegunDraft {...props} unsent={unsent} saved={undefined} />;
  return <ErrorState error={read.error} onRetry={() => void read.refetch()} />;
}

interface BegunProps extends StepProps {
  isMine: OpenedDraft["isMine"];
  unsent: ReturnType<typeof readUnsent>;
  saved: SavedDraft | null | undefined;
}

/** Shows it, after a word where the published text is newer. */
function BegunDraft({ draftKey, original, isMine, unsent, saved, children }: BegunProps) {
  const { t, i18n } = useTranslation("editor");
  const [beginning] = useState(() => beginningOf(unsent, saved, original));
  // A text that is published while one writes is compared when one publishes.
  const [isLate, setIsLate] = useState(() => isOutdated(beginning, original));
  const { project, id } = draftKey;
  const own = unsent?.project ?? saved?.project ?? null;
  if ((unsent || saved) && own !== project) return <Navigate to={draftPath(own, id)} replace />;
  if (isLate) {
    const date = (at: string | number) => moment(i18n.language).format(new Date(at));
    return (
      <Notice
        title={t("outdated.title")}
        text={t("outdated.text", {
          draft: date(beginning.savedAt ?? 0),
          published: date(original.at ?? 0),
        })}
        action={
          <Group justify="center">
            <Button variant="default" component={Link} to={draftPath(project)} replace>
              {t("outdated.published")}
            </Button>
            <Button onClick={() => setIsLate(false)}>{t("outdated.draft")}</Button>
          </Group>
        }
      />
    );
  }
  return children({ key: draftKey, beginning, isMine });
}
