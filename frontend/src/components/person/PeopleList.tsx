import { Skeleton } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import { type ReactNode, useMemo } from "react";
import { itemsOf } from "@/api/http/pages";
import { type PeopleFilter, peopleQuery } from "@/api/users";
import { ErrorState } from "@/components/feedback/states";
import { InfiniteEnd } from "@/components/page/InfiniteEnd";
import { useTranslation } from "@/i18n";
import { PersonCard } from "./PersonCard";
import classes from "./PersonCard.module.css";

interface Props {
  filter: PeopleFilter;
  label: string;
  /** Of the cards' headings. */
  level: 2 | 3;
  /** What to show when the list is empty. */
  empty: ReactNode;
}

/** People with endless scroll, and its loading, empty and error states. */
export function PeopleList({ filter, label, level, empty }: Props) {
  const { t } = useTranslation();
  const list = useInfiniteQuery(peopleQuery(filter));
  const people = useMemo(() => itemsOf(list.data), [list.data]);
  if (list.isPending) return <PeopleSkeleton />;
  if (!list.data) return <ErrorState error={list.error} onRetry={() => void list.refetch()} />;
  if (people.length === 0) return empty;
  return (
    <>
      <ul className={classes.list} aria-label={label}>
        {people.map((person) => (
          <li key={person.username}>
            <PersonCard person={person} level={level} />
          </li>
        ))}
      </ul>
      <InfiniteEnd list={list} endText={t("list.end")} />
    </>
  );
}

function PeopleSkeleton() {
  const { t } = useTranslation();
  return (
    <div className={classes.list} role="status" aria-label={t("loading")}>
      {["a", "b", "c", "d", "e", "f"].map((key) => (
        <Skeleton key={key} height={230} radius={14} />
      ))}
    </div>
  );
}
