import { useState } from "react";
import { apiUrl } from "@/api/http/base";
import classes from "./Cover.module.css";

interface Props {
  src: string | null | undefined;
  /** What the generated cover is made of where there is no picture. */
  seed: string;
  /** For the pictures that are seen first. */
  eager?: boolean;
}

/** A project's 16:9 cover; without a picture (or with a broken one) a generated one. */
export function Cover({ src, seed, eager = false }: Props) {
  const [broken, setBroken] = useState(false);
  if (!src || broken) {
    const hue = [...seed].reduce(
      (sum, letter) => (sum * 31 + (letter.codePointAt(0) ?? 0)) % 360,
      7,
    );
    return (
      <div
        className={classes.generated}
        style={{ "--hue": String(hue) } as React.CSSProperties}
        aria-hidden="true"
      >
        <span>{[...seed.trim()][0]?.toUpperCase()}</span>
      </div>
    );
  }
  return (
    <img
      className={classes.cover}
      src={apiUrl(src)}
      alt=""
      width={640}
      height={360}
      loading={eager ? "eager" : "lazy"}
      fetchPriority={eager ? "high" : "auto"}
      decoding="async"
      onError={() => setBroken(true)}
    />
  );
}
