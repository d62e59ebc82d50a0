import { memo, useEffect, useMemo, useState } from "react";
import classes from "./Markdown.module.css";
import { type Highlighter, renderMarkdown } from "./renderMarkdown";

/** Somebody's Markdown. What colours code is read only where there is code. */
export const Markdown = memo(function Markdown({ source }: { source: string }) {
  const [highlight, setHighlight] = useState<Highlighter>();
  useEffect(() => {
    if (!/^\s*(```|~~~)/m.test(source)) return;
    let wanted = true;
    void import("./highlight")
      .then((module) => module.highlighterFor(source))
      .then((highlighter) => wanted && setHighlight(() => highlighter));
    return () => {
      wanted = false;
    };
  }, [source]);
  const html = useMemo(() => renderMarkdown(source, highlight), [source, highlight]);
  // biome-ignore lint/security/noDangerouslySetInnerHtml: renderMarkdown has sanitised it
  return <div className={classes.markdown} dir="auto" dangerouslySetInnerHTML={{ __html: html }} />;
});
