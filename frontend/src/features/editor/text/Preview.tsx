import { Text } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { type RefObject, useEffect, useRef } from "react";
import { renderText } from "@/api/markdown";
import { WrittenText } from "@/components/text/WrittenText";
import { useTranslation } from "@/i18n";
import classes from "../EditorPage.module.css";

interface Props {
  text: string;
  /** What holds the editor: both are scrolled together. */
  scrolledWith: RefObject<HTMLElement | null>;
}

/** The text as it will be published, a moment after each change. */
export function Preview({ text, scrolledWith }: Props) {
  const { t } = useTranslation("editor");
  const pane = useRef<HTMLElement>(null);
  const [settled] = useDebouncedValue(text, 400);
  const { data: html, error } = useQuery({
    queryKey: ["markdown", settled],
    queryFn: () => renderText(settled),
    enabled: settled.trim() !== "",
    placeholderData: keepPreviousData,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 30_000,
  });

  useEffect(() => {
    const editor = scrolledWith.current;
    if (!editor) return;
    const follow = ({ target }: Event) => {
      const from = target as HTMLElement;
      const to = pane.current;
      const way = from.scrollHeight - from.clientHeight;
      if (to && way > 0) {
        to.scrollTop = (from.scrollTop / way) * (to.scrollHeight - to.clientHeight);
      }
    };
    editor.addEventListener("scroll", follow, { capture: true, passive: true });
    return () => editor.removeEventListener("scroll", follow, { capture: true });
  }, [scrolledWith]);

  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard
    <section ref={pane} className={classes.published} aria-label={t("preview")} tabIndex={0}>
      {error && <Text c="var(--mantine-color-error)">{error.message}</Text>}
      {settled.trim() && html ? (
        <WrittenText html={html} />
      ) : (
        <Text c="dimmed">{t("previewEmpty")}</Text>
      )}
    </section>
  );
}
