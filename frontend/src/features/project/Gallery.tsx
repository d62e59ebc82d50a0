import { UnstyledButton } from "@mantine/core";
import { lazy, Suspense, useRef, useState } from "react";
import { apiUrl } from "@/api/http/base";
import type { Picture } from "@/api/types";
import { useTranslation } from "@/i18n";
import classes from "./Gallery.module.css";

const GalleryDialog = lazy(async () => ({
  default: (await import("./GalleryDialog")).GalleryDialog,
}));

/** A project's pictures side by side; each opens large. */
export function Gallery({ pictures }: { pictures: Picture[] }) {
  const { t } = useTranslation("project");
  const [opened, setOpened] = useState<number | null>(null);
  const opener = useRef<HTMLButtonElement>(null);
  if (!pictures.length) return null;

  function close() {
    setOpened(null);
    opener.current?.focus();
  }

  return (
    <>
      <ul className={classes.list} aria-label={t("gallery.label")}>
        {pictures.map((picture, index) => (
          <li key={picture.url}>
            <UnstyledButton
              className={classes.open}
              aria-label={t("gallery.open", {
                number: index + 1,
                count: pictures.length,
                alt: picture.alt,
              }).trim()}
              onClick={(event) => {
                opener.current = event.currentTarget;
                setOpened(index);
              }}
            >
              <img src={apiUrl(picture.card)} alt="" width={640} height={360} loading="lazy" />
            </UnstyledButton>
          </li>
        ))}
      </ul>
      {opened !== null && (
        <Suspense>
          <GalleryDialog pictures={pictures} first={opened} onClose={close} />
        </Suspense>
      )}
    </>
  );
}
