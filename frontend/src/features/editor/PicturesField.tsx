import {
  ActionIcon,
  Button,
  FileButton,
  Group,
  Input,
  Progress,
  Text,
  TextInput,
} from "@mantine/core";
import { IconArrowDown, IconArrowUp, IconX } from "@tabler/icons-react";
import { useRef, useState } from "react";
import { apiUrl } from "@/api/http/base";
import { IMAGE_TYPES, uploadImage } from "@/api/images";
import { useErrorText } from "@/components/feedback/useErrorText";
import { unusable } from "@/components/form/unusable";
import { useTranslation } from "@/i18n";
import type { DraftPicture } from "./drafts/draft";
import classes from "./EditorPage.module.css";

const MOST = 6;

interface Props {
  value: DraftPicture[];
  error: string | undefined;
  onChange: (pictures: DraftPicture[]) => void;
}

/** The pictures of the gallery: added, described, put in order, taken out. */
export function PicturesField({ value, error, onChange }: Props) {
  const { t } = useTranslation("editor");
  const errorText = useErrorText();
  const [progress, setProgress] = useState<number | null>(null);
  const [failure, setFailure] = useState<string | null>(null);
  const add = useRef<HTMLButtonElement>(null);
  // What is there when an upload ends, not when it began.
  const latest = useRef(value);
  latest.current = value;

  function change(pictures: DraftPicture[]) {
    latest.current = pictures;
    onChange(pictures);
  }

  async function upload(files: File[]) {
    setFailure(null);
    try {
      for (const file of files.slice(0, MOST - latest.current.length)) {
        setProgress(0);
        const { url } = await uploadImage(file, "project", setProgress);
        change([...latest.current, { url, alt: "" }]);
      }
      if (files.length > MOST - value.length) setFailure(t("pictures.most", { count: MOST }));
    } catch (thrown) {
      setFailure(errorText(thrown));
    } finally {
      setProgress(null);
    }
  }

  function move(from: number, to: number) {
    if (to < 0 || to >= value.length) return;
    const next = [...value];
    next.splice(to, 0, ...next.splice(from, 1));
    change(next);
  }

  const busy = progress !== null;
  return (
    <div>
      <Input.Label component="span">{t("pictures.label")}</Input.Label>
      <ul className={classes.pictures} aria-label={t("pictures.label")}>
        {value.map((picture, index) => (
          <li key={picture.url}>
            <img src={apiUrl(picture.url)} alt="" width={160} height={90} />
            <TextInput
              size="sm"
              aria-label={t("pictures.alt", { number: index + 1 })}
              placeholder={t("pictures.altPlaceholder")}
              maxLength={200}
              value={picture.alt}
              onChange={({ currentTarget: { value: alt } }) =>
                change(value.map((one) => (one === picture ? { ...one, alt } : one)))
              }
            />
            <ActionIcon.Group>
              <ActionIcon
                variant="default"
                size="lg"
                aria-label={t("pictures.up", { number: index + 1 })}
                {...unusable(index === 0)}
                onClick={() => move(index, index - 1)}
              >
                <IconArrowUp size={17} aria-hidden="true" />
              </ActionIcon>
              <ActionIcon
                variant="default"
                size="lg"
                aria-label={t("pictures.down", { number: index + 1 })}
                {...unusable(index === value.length - 1)}
                onClick={() => move(index, index + 1)}
              >
                <IconArrowDown size={17} aria-hidden="true" />
              </ActionIcon>
              <ActionIcon
                variant="default"
                size="lg"
                aria-label={t("pictures.remove", { number: index + 1 })}
                onClick={() => {
                  change(value.filter((one) => one !== picture));
                  add.current?.focus();
                }}
              >
                <IconX size={17} aria-hidden="true" />
              </ActionIcon>
            </ActionIcon.Group>
          </li>
        ))}
      </ul>
      {busy && (
        <Progress
          value={progress * 100}
          animated={progress >= 1}
          mt="xs"
          aria-label={t("pictures.label")}
        />
      )}
      <Group gap="xs" mt="xs">
        <FileButton
          multiple
          onChange={(files) => void upload(files)}
          accept={IMAGE_TYPES.join(",")}
        >
          {(props) => (
            <Button
              {...props}
              ref={add}
              variant="default"
              size="xs"
              {...unusable(busy || value.length >= MOST)}
              onClick={() => {
                if (!busy && value.length < MOST) props.onClick();
              }}
            >
              {busy
                ? progress < 1
                  ? t("common:image.uploading", { percent: Math.round(progress * 100) })
                  : t("upload.processing")
                : t("pictures.add", { count: value.length, most: MOST })}
            </Button>
          )}
        </FileButton>
        <Text
          size="xs"
          c={failure || error ? "var(--mantine-color-error)" : "dimmed"}
          role="status"
        >
          {failure ?? error ?? t("pictures.hint")}
        </Text>
      </Group>
    </div>
  );
}
