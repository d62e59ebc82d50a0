import { useState } from "react";
import { apiUrl } from "@/api/http/base";
import classes from "./UserAvatar.module.css";

interface Props {
  name: string | undefined;
  image: string | null | undefined;
  /** In pixels. */
  size?: number;
}

/** A person's picture, or the first letter of the name. Decoration: the name stands next to it. */
export function UserAvatar({ name, image, size = 36 }: Props) {
  const [broken, setBroken] = useState<string | null>(null);
  if (image && image !== broken) {
    return (
      <img
        className={classes.avatar}
        src={apiUrl(image)}
        alt=""
        width={size}
        height={size}
        loading="lazy"
        decoding="async"
        onError={() => setBroken(image)}
      />
    );
  }
  const letter = [...(name ?? "")][0]?.toUpperCase() ?? "";
  const hue = ((name ?? "").length * 67 + (letter.codePointAt(0) ?? 0) * 29) % 360;
  const style = { "--hue": hue, "--size": `${size}px` } as React.CSSProperties;
  return (
    <span className={classes.avatar} style={style} aria-hidden="true">
      {letter}
    </span>
  );
}
