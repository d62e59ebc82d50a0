import { Button } from "@mantine/core";
import { IconBookmark, IconBookmarkFilled } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { useLocation, useNavigate } from "react-router";
import { useBookmark } from "@/api/useBookmark";
import { useSession } from "@/auth/session";
import classes from "./CardButton.module.css";
import { notify } from "./notify";
import { useErrorText } from "./useErrorText";

interface Props {
  project: { id: number; title: string; bookmarked: boolean; bookmark_count: number };
  /** Only the icon, for cards. */
  compact?: boolean;
}

/** Turns a bookmark on and off; visitors are asked to log in. */
export function BookmarkButton({ project, compact = false }: Props) {
  const { t } = useTranslation();
  const errorText = useErrorText();
  const session = useSession();
  const navigate = useNavigate();
  const { pathname, search } = useLocation();
  const bookmark = useBookmark();
  const Icon = project.bookmarked ? IconBookmarkFilled : IconBookmark;
  const label = t(project.bookmarked ? "bookmark.remove" : "bookmark.add");

  function toggle() {
    if (session === "out") {
      void navigate(`/login?next=${encodeURIComponent(pathname + search)}`);
      return;
    }
    bookmark.mutate(
      { id: project.id, on: !project.bookmarked },
      { onError: (error) => void notify(errorText(error), "failed") },
    );
  }

  if (compact) {
    return (
      <button
        type="button"
        className={classes.button}
        aria-label={t("bookmark.of", { title: project.title })}
        aria-pressed={project.bookmarked}
        title={label}
        onClick={toggle}
      >
        <Icon size={18} aria-hidden="true" />
      </button>
    );
  }
  return (
    <Button
      variant="default"
      leftSection={<Icon size={18} color="var(--sp-amber)" aria-hidden="true" />}
      aria-pressed={project.bookmarked}
      onClick={toggle}
    >
      {t("bookmark.label")} {project.bookmark_count}
    </Button>
  );
}
