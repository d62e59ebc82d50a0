import { memo, useMemo } from "react";
import classes from "./Markdown.module.css";
import { renderMarkdown } from "./renderMarkdown";

/** Somebody's Markdown. */
export const Markdown = memo(function Markdown({ source }: { source: string }) {
  const html = useMemo(() => renderMarkdown(source), [source]);
  // biome-ignore lint/security/noDangerouslySetInnerHtml: renderMarkdown has sanitised it
  return <div className={classes.markdown} dir="auto" dangerouslySetInnerHTML={{ __html: html }} />;
});
