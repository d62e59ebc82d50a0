import { Title } from "@mantine/core";
import { IconCoffee } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { Link } from "react-router";
import { similarPeopleQuery } from "@/api/recommendations";
import { CardButton } from "@/components/project/CardButton";
import { openRequest } from "@/components/request/openRequest";
import { firstOf } from "@/components/text/format";
import { useTranslation } from "@/i18n";
import classes from "./PeopleLikeMe.module.css";
import { UserAvatar } from "./UserAvatar";

interface Props {
  /** Ask again every so many milliseconds until there is one: the job comes each minute. */
  askEvery?: number;
  /** At most so many. */
  most?: number;
}

/** People with a stack like mine, to look at and to ask for a coffee chat; nothing without any. */
export function PeopleLikeMe({ askEvery, most }: Props) {
  const { t } = useTranslation();
  const people = useQuery({
    ...similarPeopleQuery(),
    refetchInterval: ({ state }) =>
      askEvery && !state.data?.results.length && !state.error ? askEvery : false,
  });
  if (!people.data?.results.length) return null;
  return (
    <section className={classes.section} aria-labelledby="people-like-me">
      <Title order={2} size="h3" id="people-like-me" mb={8}>
        {t("people.title")}
      </Title>
      <ul className={classes.list}>
        {people.data.results.slice(0, most).map(({ person, shared_skills: skills }) => (
          <li key={person.username} className={classes.person}>
            <Link to={`/users/${encodeURIComponent(person.username)}`} className={classes.link}>
              <UserAvatar name={person.username} image={person.image} size={40} />
              <span className={classes.text}>
                <span className={classes.name} dir="auto">
                  {person.username}
                </span>
                <span className={classes.skills}>
                  {t("people.shared", { count: skills.length, skills: firstOf(skills, 3) })}
                </span>
              </span>
            </Link>
            <CardButton
              label={t("askForChatWith", { name: person.username })}
              title={t("askForChat")}
              icon={<IconCoffee size={18} aria-hidden="true" />}
              onPress={() => openRequest({ partner: person })}
            />
          </li>
        ))}
      </ul>
    </section>
  );
}
