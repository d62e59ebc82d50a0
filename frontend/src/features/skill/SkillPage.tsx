import { ActionIcon, Badge, Group, Skeleton, Stack, Tabs, Text, Title } from "@mantine/core";
import { IconRss } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { Navigate, useParams, useSearchParams } from "react-router";
import { isApiError } from "@/api/http/errors";
import { skillQuery } from "@/api/skills";
import { NotFoundPage } from "@/components/feedback/NotFoundPage";
import { ErrorState, Notice } from "@/components/feedback/states";
import { FollowButton } from "@/components/follow/FollowButton";
import { PageTitle } from "@/components/page/PageTitle";
import { ShareButton } from "@/components/page/ShareButton";
import { PeopleList } from "@/components/person/PeopleList";
import { SkillList } from "@/components/person/SkillList";
import { ProjectList } from "@/components/project/ProjectList";
import { exactNumber } from "@/components/text/format";
import { useTranslation } from "@/i18n";

/** A skill: what is made with it, who knows it, and what they know besides. */
export function SkillPage() {
  const { t } = useTranslation("people");
  const { slug = "" } = useParams();
  const [search, setSearch] = useSearchParams();
  const { data: skill, error, refetch } = useQuery(skillQuery(slug));
  if (isApiError(error, 404)) return <NotFoundPage />;
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />;
  if (!skill) return <HeadSkeleton />;
  // One address a skill, whichever of its names led here.
  if (skill.slug !== slug) {
    return <Navigate to={`/skills/${encodeURIComponent(skill.slug)}`} replace />;
  }
  const { name } = skill;
  const filter = { skills: name };
  const aliases = skill.aliases.slice(0, 6).join(" · ");
  return (
    <>
      <PageTitle>{name}</PageTitle>
      <Stack gap="xs" mb="lg">
        <Group justify="space-between" align="start">
          <Group gap="sm">
            <Title order={1}>{name}</Title>
            <Badge variant="light" size="lg">
              {t(`category.${skill.category}`)}
            </Badge>
          </Group>
          <Group gap="xs">
            <ActionIcon
              component="a"
              href={`/skills/${encodeURIComponent(skill.slug)}/feed.xml`}
              variant="default"
              size={36}
              aria-label={t("feed", { name })}
              title={t("feed", { name })}
            >
              <IconRss size={18} aria-hidden="true" />
            </ActionIcon>
            <ShareButton title={name} />
            <FollowButton thing={{ slug: skill.slug }} name={name} />
          </Group>
        </Group>
        {aliases && (
          <Text c="dimmed" size="sm">
            {t("aliases", { aliases })}
          </Text>
        )}
        {skill.related.length > 0 && (
          <Group gap="xs">
            <Text size="sm" fw={600} id="related-skills">
              {t("related")}
            </Text>
            <SkillList names={skill.related} />
          </Group>
        )}
      </Stack>
      <Tabs
        value={search.get("tab") === "people" ? "people" : "projects"}
        keepMounted={false}
        onChange={(tab) => setSearch(tab === "people" ? { tab } : {}, { preventScrollReset: true })}
      >
        <Tabs.List mb="lg">
          <Tabs.Tab value="projects">
            {t("projects", { formatted: exactNumber(skill.projects) })}
          </Tabs.Tab>
          <Tabs.Tab value="people">{t("people", { formatted: exactNumber(skill.users) })}</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="projects">
          <ProjectList
            filter={filter}
            label={t("projectsOf", { name })}
            empty={<Notice small title={t("noProjects", { name })} text={t("noProjectsText")} />}
          />
        </Tabs.Panel>
        <Tabs.Panel value="people">
          <PeopleList
            filter={filter}
            label={t("peopleOf", { name })}
            level={2}
            empty={<Notice small title={t("noPeople", { name })} />}
          />
        </Tabs.Panel>
      </Tabs>
    </>
  );
}

function HeadSkeleton() {
  const { t } = useTranslation();
  return (
    <Stack role="status" aria-label={t("loading")}>
      <Skeleton height={36} width={220} />
      <Skeleton height={18} width="50%" />
      <Skeleton height={24} width="70%" />
    </Stack>
  );
}
