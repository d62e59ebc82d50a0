import { Link } from "react-router";
import type { PublicUser } from "@/api/types";
import { useMe } from "@/api/users";
import { AskForChat } from "@/components/request/AskForChat";
import classes from "./PersonCard.module.css";
import { ProfileFacts } from "./profile/ProfileFacts";
import { Shared } from "./Shared";
import { SkillList } from "./SkillList";
import { UserAvatar } from "./UserAvatar";

interface Props {
  person: PublicUser;
  /** Of the heading. */
  level: 2 | 3;
}

/** A person as lists show them: what we share, who they are, and the way to ask them. */
export function PersonCard({ person, level }: Props) {
  const Heading = `h${level}` as const;
  const { data: me } = useMe();
  const { username, profile } = person;
  return (
    <article className={classes.card}>
      <Link to={`/users/${encodeURIComponent(username)}`} className={classes.head}>
        <UserAvatar name={username} image={profile.image} size={44} />
        <Heading className={classes.name} dir="auto">
          {username}
        </Heading>
      </Link>
      <Shared username={username} profile={profile} />
      {profile.description && (
        <p className={classes.description} dir="auto">
          {profile.description}
        </p>
      )}
      <SkillList names={profile.skills} most={6} />
      <ProfileFacts profile={profile} />
      {me?.username !== username && (
        <div className={classes.foot}>
          <AskForChat partner={{ username, image: profile.image ?? null }} fullWidth light />
        </div>
      )}
    </article>
  );
}
