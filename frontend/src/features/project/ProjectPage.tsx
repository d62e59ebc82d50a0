import { Badge, Button, Group, Skeleton, Stack, Text, Title } from "@mantine/core";
import { IconBrandGithub, IconExternalLink, IconEye, IconPencil } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { lazy, Suspense, useDeferredValue } from "react";
import { Link, useParams } from "react-router";
import { apiUrl } from "@/api/http/base";
import { isApiError } from "@/api/http/errors";
import { isId, projectQuery } from "@/api/projects";
import type { Project } from "@/api/types";
import { useMe } from "@/api/users";
import { NotFoundPage } from "@/components/feedback/NotFoundPage";
import { ErrorState } from "@/components/feedback/states";
import { PageTitle } from "@/components/page/PageTitle";
import { ShareButton } from "@/components/page/ShareButton";
import { WhenVisible } from "@/components/page/WhenVisible";
import { SkillList } from "@/components/person/SkillList";
import { UserAvatar } from "@/components/person/UserAvatar";
import { BookmarkButton } from "@/components/project/BookmarkButton";
import { AskForChat } from "@/components/request/AskForChat";
import { exactNumber } from "@/components/text/format";
import { RelativeTime } from "@/components/text/RelativeTime";
import { WrittenText } from "@/components/text/WrittenText";
import { useTranslation } from "@/i18n";
import { DeleteProject } from "./DeleteProject";
import { Gallery } from "./Gallery";
import classes from "./ProjectPage.module.css";

// People arrive here by shared links: head and cover are part of the first script, the rest follows.
const AuthorCard = lazy(async () => ({ default: (await import("./AuthorCard")).AuthorCard }));
const Comments = lazy(async () => ({ default: (await import("./Comments")).Comments }));
const Similar = lazy(async () => ({ default: (await import("./Similar")).Similar }));

/** A project: what it is, who made it, and what others say. */
export function ProjectPage() {
  const id = Number(useParams().id);
  const project = useQuery(projectQuery(id));
  // What arrives is rendered in slices; what is known already is there at once.
  const loaded = useDeferredValue(project.data);
  if (!isId(id) || isApiError(project.error, 404)) return <NotFoundPage />;
  if (loaded) return <Loaded project={loaded} />;
  if (project.isError) {
    return <ErrorState error={project.error} onRetry={() => void project.refetch()} />;
  }
  return <Loading />;
}

function Loaded({ project }: { project: Project }) {
  const { t } = useTranslation("project");
  const isEdited = Date.parse(project.updated_at) - Date.parse(project.created_at) > 60_000;
  return (
    <div className={classes.page}>
      <PageTitle>{project.title}</PageTitle>
      <article className={classes.article}>
        <SkillList names={project.skills} />
        <Title order={1} className={classes.title} dir="auto">
          {project.title}
        </Title>
        <Byline project={project} />
        {project.summary && (
          <Text className={classes.summary} dir="auto">
            {project.summary}
          </Text>
        )}
        <Group gap="sm" className={classes.meta}>
          <RelativeTime at={project.created_at} />
          {isEdited && (
            <span>
              {t("edited")} <RelativeTime at={project.updated_at} />
            </span>
          )}
          <Views count={project.view_count} />
          {project.stage && <Badge variant="light">{t(`common:stage.${project.stage}`)}</Badge>}
        </Group>
        <Group gap="xs" mt="md">
          <BookmarkButton project={project} />
          {project.github_url && (
            <Button
              component="a"
              href={project.github_url}
              target="_blank"
              rel="noopener noreferrer nofollow ugc"
              variant="default"
              leftSection={<IconBrandGithub size={18} aria-hidden="true" />}
            >
              GitHub
            </Button>
          )}
          {project.demo_url && (
            <Button
              component="a"
              href={project.demo_url}
              target="_blank"
              rel="noopener noreferrer nofollow ugc"
              variant="default"
              leftSection={<IconExternalLink size={18} aria-hidden="true" />}
            >
              {t("demo")}
            </Button>
          )}
          <ShareButton title={project.title} />
          {project.editable && (
            <>
              <Button
                component={Link}
                to={`/projects/${project.id}/edit`}
                variant="default"
                leftSection={<IconPencil size={17} aria-hidden="true" />}
              >
                {t("common:action.edit")}
              </Button>
              <DeleteProject id={project.id} />
            </>
          )}
        </Group>
        {project.thumbnail && (
          <img
            className={classes.cover}
            src={apiUrl(project.thumbnail)}
            alt=""
            width={1280}
            height={720}
            fetchPriority="high"
            onError={(event) => {
              event.currentTarget.hidden = true;
            }}
          />
        )}
        <Gallery pictures={project.pictures ?? []} />
        <div className={classes.content}>
          {project.content ? (
            <WrittenText html={project.content_html} />
          ) : (
            <Text c="dimmed">{t("noContent")}</Text>
          )}
        </div>
      </article>
      <aside className={classes.aside}>
        <WhenVisible before={<AuthorSkeleton />}>
          <Suspense fallback={<AuthorSkeleton />}>
            <AuthorCard project={project} />
          </Suspense>
        </WhenVisible>
      </aside>
      <div className={classes.below}>
        <WhenVisible before={<CommentsSkeleton />}>
          <Suspense fallback={<CommentsSkeleton />}>
            <Comments
              projectId={project.id}
              author={project.author.username}
              count={project.comment_count}
            />
          </Suspense>
        </WhenVisible>
      </div>
      <div className={classes.similar}>
        <WhenVisible before={null}>
          <Suspense>
            <Similar projectId={project.id} />
          </Suspense>
        </WhenVisible>
      </div>
    </div>
  );
}

/** On phones, where the author's card is far below: who made it, and the way to ask. */
function Byline({ project }: { project: Project }) {
  const { username, image } = project.author;
  const { data: me } = useMe();
  return (
    <div className={classes.byline}>
      <Link to={`/users/${encodeURIComponent(username)}`} className={classes.by}>
        <UserAvatar name={username} image={image} size={32} />
        {username}
      </Link>
      {me?.username !== username && <AskForChat partner={project.author} project={project} light />}
    </div>
  );
}

function Views({ count }: { count: number }) {
  const { t } = useTranslation("project");
  const formatted = exactNumber(count);
  return (
    <span className={classes.views}>
      <IconEye size={16} aria-hidden="true" />
      {t("views", { count, formatted })}
    </span>
  );
}

function Loading() {
  const { t } = useTranslation();
  return (
    <div className={classes.page} role="status" aria-label={t("loading")}>
      <Stack gap="md" className={classes.article}>
        <Skeleton height={22} width="40%" />
        <Skeleton height={38} width="80%" />
        <Skeleton height={20} width="60%" />
        <Skeleton height={36} width="50%" mt="sm" />
        <Skeleton className={classes.cover} height="auto" style={{ aspectRatio: "16 / 9" }} />
        <div className={classes.content}>
          <BodySkeleton />
        </div>
      </Stack>
      <aside className={classes.aside}>
        <AuthorSkeleton />
      </aside>
    </div>
  );
}

function AuthorSkeleton() {
  return <Skeleton height={220} radius="lg" />;
}

/** As high as a screen, so that nothing in sight moves when the text comes. */
function BodySkeleton() {
  return (
    <Stack gap="md" mih="100vh">
      <Skeleton height={16} />
      <Skeleton height={16} />
      <Skeleton height={16} width="70%" />
    </Stack>
  );
}

function CommentsSkeleton() {
  return <Skeleton height={72} mt={64} />;
}
