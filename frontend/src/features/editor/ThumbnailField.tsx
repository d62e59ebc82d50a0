import { Button, FileButton, Group, Input, Progress, Stack, Text } from "@mantine/core";
import { useEffect, useState } from "react";
import { IMAGE_TYPES, uploadImage } from "@/api/images";
import { useErrorText } from "@/components/feedback/useErrorText";
import { Cover } from "@/components/project/Cover";
import { useTranslation } from "@/i18n";
import classes from "./EditorPage.module.css";

interface Props {
  value: string | null;
  title: string;
  error: string | undefined;
  onChange: (url: string | null) => void;
}

/** The cover picture: shown as a card will cut it, at once and while it is on its way. */
export function ThumbnailField({ value, title, error, onChange }: Props) {
  const { t } = useTranslation("editor");
  const errorText = useErrorText();
  const [local, setLocal] = useState<string | null>(null);
  const [progress, setProgress] = useState<number | null>(null);
  const [failure, setFailure] = useState<string | null>(null);
  useEffect(() => (local ? () => URL.revokeObjectURL(local) : undefined), [local]);

  async function upload(file: File | null) {
    if (!file) return;
    setFailure(null);
    setLocal(URL.createObjectURL(file));
    setProgress(0);
    try {
      const { url } = await uploadImage(file, "project", setProgress);
      onChange(url);
    } catch (thrown) {
      setLocal(null);
      setFailure(errorText(thrown));
    } finally {
      setProgress(null);
    }
  }

  const busy = progress !== null;
  const shown = local ?? value;
  return (
    <Stack gap="xs">
      <Input.Label component="span">{t("thumbnail.label")}</Input.Label>
      <div className={`${classes.preview} ${busy ? classes.uploading : ""}`}>
        <Cover key={shown ?? title} src={shown} seed={title || "S"} eager />
        {shown && <div className={classes.thirds} />}
        <span className={classes.ratio}>16 : 9</span>
      </div>
      {busy && (
        <Progress
          value={progress * 100}
          animated={progress >= 1}
          aria-label={t("thumbnail.label")}
        />
      )}
      <Group gap="xs">
        <FileButton onChange={(file) => void upload(file)} accept={IMAGE_TYPES.join(",")}>
          {(props) => (
            <Button {...props} variant="default" size="xs" disabled={busy}>
              {busy
                ? progress < 1
                  ? t("common:image.uploading", { percent: Math.round(progress * 100) })
                  : t("upload.processing")
                : t("thumbnail.choose")}
            </Button>
          )}
        </FileButton>
        {shown && !busy && (
          <Button
            variant="subtle"
            color="gray"
            size="xs"
            onClick={() => {
              setLocal(null);
              onChange(null);
            }}
          >
            {t("thumbnail.remove")}
          </Button>
        )}
      </Group>
      <Text size="xs" c={failure || error ? "var(--mantine-color-error)" : "dimmed"} role="status">
        {failure ?? error ?? t("thumbnail.hint")}
      </Text>
    </Stack>
  );
}
