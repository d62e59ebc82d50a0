import {
  IconBookmark,
  IconBookmarkFilled,
  IconCoffee,
  IconEye,
  IconEyeOff,
  IconMessageCircle,
} from "@tabler/icons-react";
import { memo, type ReactNode } from "react";
import { Link } from "react-router";
import type { ProjectCard as Card } from "@/api/types";
import { SkillList } from "@/components/person/SkillList";
import { UserAvatar } from "@/components/person/UserAvatar";
import { shortNumber } from "@/components/text/format";
import { Highlighted } from "@/components/text/Highlighted";
import { RelativeTime } from "@/components/text/RelativeTime";
import { useTranslation } from "@/i18n";
import { CardButton } from "./CardButton";
import { Cover } from "./Cover";
import classes from "./ProjectCard.module.css";

interface Props {
  project: Card;
  /** Of its heading. */
  level: 2 | 3;
  eager?: boolean;
  /** Why it is here, above the title. */
  reason?: ReactNode;
  /** What was searched for, to be marked. */
  searched?: string | undefined;
  onBookmark: (project: Card) => void;
  /** Asks the author for a coffee chat; not on the reader's own. */
  onAsk?: ((project: Card) => void) | undefined;
  /** Says that it is of no interest; on recommended cards. */
  onDismiss?: (project: Card) => void;
}

/** A project as lists show it. */
export const ProjectCard = memo(function ProjectCard({
  project,
  level,
  eager = false,
  reason,
  searched,
  onBookmark,
  onAsk,
  onDismiss,
}: Props) {
  const { t, i18n } = useTranslation();
  const Heading = `h${level}` as const;
  const Mark = project.bookmarked ? IconBookmarkFilled : IconBookmark;
  const author = project.author;
  return (
    <article className={classes.card}>
      <div className={classes.cover}>
        <Cover src={project.thumbnail_card} seed={project.title} eager={eager} />
      </div>
      <div className={classes.body}>
        {reason && <div className={classes.reason}>{reason}</div>}
        <Heading className={classes.title} dir="auto">
          <Link to={`/projects/${project.id}`} className={classes.link}>
            <Highlighted text={project.title} searched={searched} />
          </Link>
        </Heading>
        <p className={classes.summary} dir="auto">
          <Highlighted text={project.summary ?? ""} searched={searched} />
        </p>
        <div className={classes.skills}>
          <SkillList names={project.skills} most={4} />
        </div>
        <div className={classes.foot}>
          <Link to={`/users/${encodeURIComponent(author.username)}`} className={classes.author}>
            <UserAvatar name={author.username} image={author.image} size={22} />
            <span>{author.username}</span>
          </Link>
          <span className={classes.time}>
            <RelativeTime at={project.created_at} />
          </span>
        </div>
        <div className={classes.counts}>
          <span title={t("count.views")}>
            <span className={classes.hidden}>{t("count.views")}</span>
            <IconEye size={15} aria-hidden="true" />
            {shortNumber(project.view_count, i18n.language)}
          </span>
          <span title={t("count.comments")}>
            <span className={classes.hidden}>{t("count.comments")}</span>
            <IconMessageCircle size={15} aria-hidden="true" />
            {shortNumber(project.comment_count, i18n.language)}
          </span>
          <span className={classes.buttons}>
            {onDismiss && (
              <CardButton
                label={t("notInterestedIn", { title: project.title })}
                title={t("notInterested")}
                icon={<IconEyeOff size={18} aria-hidden="true" />}
                onPress={() => onDismiss(project)}
              />
            )}
            {onAsk && (
              <CardButton
                label={t("askForChatWith", { name: author.username })}
                title={t("askForChat")}
                icon={<IconCoffee size={18} aria-hidden="true" />}
                onPress={() => onAsk(project)}
              />
            )}
            <CardButton
              label={`${t("bookmark.of", { title: project.title })}, ${project.bookmark_count}`}
              title={t(project.bookmarked ? "bookmark.remove" : "bookmark.add")}
              icon={<Mark size={18} aria-hidden="true" />}
              count={shortNumber(project.bookmark_count, i18n.language)}
              pressed={project.bookmarked}
              onPress={() => onBookmark(project)}
            />
          </span>
        </div>
      </div>
    </article>
  );
});
