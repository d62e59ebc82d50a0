import { IconBrandGithub, IconClock, IconMapPin } from "@tabler/icons-react";
import type { Profile } from "@/api/types";
import { useTranslation } from "@/i18n";
import classes from "./ProfileFacts.module.css";

/** Where a person is, when they have time, and their GitHub page; what is not set is left out. */
export function ProfileFacts({ profile }: { profile: Profile }) {
  const { t } = useTranslation();
  const { region, meet_time: meetTime, github_url: github } = profile;
  if (!region && !meetTime && !github) return null;
  return (
    <ul className={classes.facts}>
      {region && (
        <li>
          <IconMapPin size={16} aria-label={t("profile.region")} />
          {t(`region.${region}`)}
        </li>
      )}
      {meetTime && (
        <li>
          <IconClock size={16} aria-label={t("profile.meetTime")} />
          {t(`meetTime.${meetTime}`)}
        </li>
      )}
      {github && (
        <li>
          <IconBrandGithub size={16} aria-label={t("profile.github")} />
          <a href={github} target="_blank" rel="noopener noreferrer nofollow ugc">
            {github.replace(/^https?:\/\/(www\.)?/, "").replace(/\/$/, "")}
          </a>
        </li>
      )}
    </ul>
  );
}
