import { memo } from "react";
import { apiUrl } from "@/api/http/base";
import classes from "./WrittenText.module.css";

/**
 * What a user wrote, as the HTML that the server made of it: parsed, coloured and reduced to its
 * allow-list there. `html` must come from such a field (`content_html`, `body_html`, `markdown/`).
 */
export const WrittenText = memo(function WrittenText({
  html,
  small = false,
}: {
  html: string;
  /** As a comment, without the room that a page gives its text. */
  small?: boolean;
}) {
  return (
    <div
      className={small ? `written-text ${classes.small}` : "written-text"}
      dir="auto"
      // biome-ignore lint/security/noDangerouslySetInnerHtml: the server has sanitised it
      dangerouslySetInnerHTML={{ __html: shown(html) }}
    />
  );
});

/** Pictures of the site lie where its API is; code that scrolls is reached by the keyboard. */
function shown(html: string): string {
  const root = apiUrl("/");
  const reachable = html.replaceAll("<pre>", '<pre tabindex="0">');
  return root === "/" ? reachable : reachable.replaceAll(' src="/', ` src="${root}`);
}
