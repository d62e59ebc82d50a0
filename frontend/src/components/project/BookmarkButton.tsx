import { Button } from "@mantine/core";
import { IconBookmark, IconBookmarkFilled } from "@tabler/icons-react";
import { useTranslation } from "@/i18n";
import { useToggleBookmark } from "./useToggleBookmark";

interface Props {
  project: { id: number; bookmarked: boolean; bookmark_count: number };
}

/** A project's bookmark with its count. */
export function BookmarkButton({ project }: Props) {
  const { t } = useTranslation();
  const toggle = useToggleBookmark();
  const Icon = project.bookmarked ? IconBookmarkFilled : IconBookmark;
  return (
    <Button
      variant="default"
      leftSection={<Icon size={18} color="var(--sp-amber)" aria-hidden="true" />}
      aria-pressed={project.bookmarked}
      onClick={() => toggle(project)}
    >
      {t("bookmark.label")} {project.bookmark_count}
    </Button>
  );
}
