import { useSuspenseQuery } from "@tanstack/react-query";
import { memo, useEffect, useRef } from "react";
import classes from "./Markdown.module.css";
import { renderMarkdown } from "./renderMarkdown";

/**
 * A writer's Markdown; suspends until it is parsed. What colours code is read only when code comes
 * near the screen.
 */
export const Markdown = memo(function Markdown({ source }: { source: string }) {
  const text = useRef<HTMLDivElement>(null);
  const { data: html } = useSuspenseQuery({
    queryKey: ["markdown", source],
    queryFn: () => renderMarkdown(source),
    staleTime: Number.POSITIVE_INFINITY,
    networkMode: "always",
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: another text has other code
  useEffect(() => {
    const unwanted = new AbortController();
    const observer = new IntersectionObserver(
      (entries) => {
        const near = entries.filter((entry) => entry.isIntersecting).map((entry) => entry.target);
        if (!near.length) return;
        for (const code of near) observer.unobserve(code);
        void import("./highlight").then((module) => module.colour(near, unwanted.signal));
      },
      { rootMargin: "200px 0px" },
    );
    for (const code of text.current?.querySelectorAll("pre > code[class]") ?? []) {
      observer.observe(code);
    }
    return () => {
      observer.disconnect();
      unwanted.abort();
    };
  }, [html]);
  if (html === null) return <div className={classes.asWritten}>{source}</div>;
  return (
    <div
      ref={text}
      className={classes.markdown}
      dir="auto"
      // biome-ignore lint/security/noDangerouslySetInnerHtml: renderMarkdown has sanitised it
      dangerouslySetInnerHTML={{ __html: html }}
    />
  );
});
