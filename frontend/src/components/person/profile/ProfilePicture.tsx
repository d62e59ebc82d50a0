import { Button, FileButton, Group, Stack, Text } from "@mantine/core";
import { useState } from "react";
import { IMAGE_TYPES, uploadImage } from "@/api/images";
import { useErrorText } from "@/components/feedback/useErrorText";
import { useTranslation } from "@/i18n";
import { UserAvatar } from "../UserAvatar";

interface Props {
  name: string | undefined;
  image: string | null | undefined;
  error: string | undefined;
  onChange: (image: string | null) => void;
}

/** My picture, as it will look, with buttons to change and to remove it. */
export function ProfilePicture({ name, image, error, onChange }: Props) {
  const { t } = useTranslation();
  const errorText = useErrorText();
  const [progress, setProgress] = useState<number | null>(null);
  const [failure, setFailure] = useState<string | null>(null);

  async function upload(file: File | null) {
    if (!file) return;
    setFailure(null);
    setProgress(0);
    try {
      onChange((await uploadImage(file, "profile", setProgress)).url);
    } catch (thrown) {
      setFailure(errorText(thrown));
    } finally {
      setProgress(null);
    }
  }

  const busy = progress !== null;
  return (
    <Group wrap="nowrap">
      <UserAvatar name={name} image={image} size={76} />
      <Stack gap={4}>
        <Group gap="xs">
          <FileButton onChange={(file) => void upload(file)} accept={IMAGE_TYPES.join(",")}>
            {(props) => (
              <Button {...props} variant="default" size="xs" disabled={busy}>
                {busy
                  ? t("image.uploading", { percent: Math.round(progress * 100) })
                  : t("profile.changePicture")}
              </Button>
            )}
          </FileButton>
          {image && !busy && (
            <Button variant="subtle" color="gray" size="xs" onClick={() => onChange(null)}>
              {t("profile.removePicture")}
            </Button>
          )}
        </Group>
        <Text
          size="xs"
          c={failure || error ? "var(--mantine-color-error)" : "dimmed"}
          role="status"
        >
          {failure ?? error ?? t("profile.pictureHint")}
        </Text>
      </Stack>
    </Group>
  );
}
