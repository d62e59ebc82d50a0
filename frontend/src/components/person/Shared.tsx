import { IconSparkles } from "@tabler/icons-react";
import type { Profile } from "@/api/types";
import { useMe } from "@/api/users";
import { firstOf } from "@/components/text/format";
import { useTranslation } from "@/i18n";
import classes from "./Shared.module.css";

/** What a person and I have in common; nothing for visitors and on my own page. */
export function Shared({
  username,
  profile,
}: {
  username: string;
  profile: Pick<Profile, "skills" | "region" | "meet_time">;
}) {
  const { t } = useTranslation();
  const { data: me } = useMe();
  if (!me?.profile || me.username === username) return null;
  const mine = new Set(me.profile.skills);
  const skills = (profile.skills ?? []).filter((name) => mine.has(name));
  const { region, meet_time: time } = profile;
  const facts = [
    skills.length && t("shared.skills", { count: skills.length, skills: firstOf(skills, 3) }),
    region && region === me.profile.region && t("shared.region", { region: t(`region.${region}`) }),
    time && time === me.profile.meet_time && t("shared.time", { time: t(`meetTime.${time}`) }),
  ].filter(Boolean);
  if (!facts.length) return null;
  return (
    <p className={classes.shared}>
      <IconSparkles size={15} aria-hidden="true" />
      {facts.join(" · ")}
    </p>
  );
}
