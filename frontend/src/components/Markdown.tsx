import { memo, useEffect, useMemo, useState } from "react";
import classes from "./Markdown.module.css";
import { type Highlighter, renderMarkdown } from "./renderMarkdown";

/** Somebody's Markdown. What colours code is read only where there is code. */
export const Markdown = memo(function Markdown({ source }: { source: string }) {
  const [highlight, setHighlight] = useState<Highlighter>();
  const hasCode = /^\s*(```|~~~)/m.test(source);
  useEffect(() => {
    if (hasCode) void import("./highlight").then((module) => setHighlight(() => module.highlight));
  }, [hasCode]);
  const html = useMemo(() => renderMarkdown(source, highlight), [source, highlight]);
  // biome-ignore lint/security/noDangerouslySetInnerHtml: renderMarkdown has sanitised it
  return <div className={classes.markdown} dir="auto" dangerouslySetInnerHTML={{ __html: html }} />;
});
