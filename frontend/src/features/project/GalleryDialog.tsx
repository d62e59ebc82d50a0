import { ActionIcon, Modal } from "@mantine/core";
import { IconChevronLeft, IconChevronRight } from "@tabler/icons-react";
import { useLayoutEffect, useRef, useState } from "react";
import { apiUrl } from "@/api/http/base";
import type { Picture } from "@/api/types";
import { unusable } from "@/components/form/unusable";
import { useTranslation } from "@/i18n";
import classes from "./Gallery.module.css";

interface Props {
  pictures: Picture[];
  /** The number of the one that is shown first, from 0. */
  first: number;
  onClose: () => void;
}

/** The pictures one at a time: by arrow keys, buttons or swiping. */
export function GalleryDialog({ pictures, first, onClose }: Props) {
  const { t } = useTranslation("project");
  const strip = useRef<HTMLUListElement>(null);
  const [shown, setShown] = useState(first);
  const last = pictures.length - 1;

  // The browser swipes: which picture is shown is where the strip stands.
  function show(index: number) {
    const element = strip.current;
    if (!element || index < 0 || index > last) return;
    element.scrollLeft = index * element.clientWidth;
    setShown(index);
  }
  // biome-ignore lint/correctness/useExhaustiveDependencies: only where it opens
  useLayoutEffect(() => show(first), []);

  const steps: Record<string, number> = {
    ArrowLeft: shown - 1,
    ArrowRight: shown + 1,
    Home: 0,
    End: last,
  };
  const alt = pictures[shown]?.alt;
  return (
    <Modal
      opened
      fullScreen
      onClose={onClose}
      title={t("gallery.number", { number: shown + 1, count: pictures.length })}
      closeButtonProps={{ "aria-label": t("common:action.close") }}
      transitionProps={{ duration: 0 }}
      classNames={{ body: classes.body, content: classes.content }}
      onKeyDown={(event) => {
        const next = steps[event.key];
        if (next === undefined) return;
        event.preventDefault();
        show(next);
      }}
    >
      <ul
        ref={strip}
        className={classes.strip}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is reached by the keyboard
        tabIndex={0}
        onScroll={({ currentTarget: { scrollLeft, clientWidth } }) =>
          clientWidth && setShown(Math.round(scrollLeft / clientWidth))
        }
      >
        {pictures.map((picture, index) => (
          <li key={picture.url} aria-hidden={index !== shown}>
            <img
              src={apiUrl(picture.url)}
              alt={picture.alt || t("gallery.number", { number: index + 1, count: last + 1 })}
              width={picture.width}
              height={picture.height}
              loading={Math.abs(index - shown) < 2 ? "eager" : "lazy"}
            />
          </li>
        ))}
      </ul>
      <div className={classes.foot}>
        <ActionIcon
          variant="default"
          size="xl"
          aria-label={t("gallery.previous")}
          {...unusable(shown === 0)}
          onClick={() => show(shown - 1)}
        >
          <IconChevronLeft aria-hidden="true" />
        </ActionIcon>
        <p className={classes.alt} role="status" dir="auto">
          {alt}
        </p>
        <ActionIcon
          variant="default"
          size="xl"
          aria-label={t("gallery.next")}
          {...unusable(shown === last)}
          onClick={() => show(shown + 1)}
        >
          <IconChevronRight aria-hidden="true" />
        </ActionIcon>
      </div>
    </Modal>
  );
}
