import { Link } from "react-router";
import classes from "./SkillList.module.css";
import { skillPath } from "./skillPath";

interface Props {
  names: readonly string[] | undefined;
  /** Show at most this many and say how many there are more. */
  most?: number;
}

/** Skills as small labels that lead to their pages. */
export function SkillList({ names = [], most = names.length }: Props) {
  if (!names.length) return null;
  const more = names.length - most;
  return (
    <ul className={classes.list}>
      {names.slice(0, most).map((name) => (
        <li key={name}>
          {/* A name in no language (zxx): "Go" is no English verb, to translators and to Lighthouse. */}
          <Link to={skillPath(name)} className={classes.skill} lang="zxx" translate="no">
            {name}
          </Link>
        </li>
      ))}
      {more > 0 && (
        <li className={classes.more} title={names.slice(most).join(", ")}>
          +{more}
        </li>
      )}
    </ul>
  );
}
