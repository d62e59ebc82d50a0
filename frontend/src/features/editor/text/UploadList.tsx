import { Button, Group, Progress, Text } from "@mantine/core";
import { useErrorText } from "@/components/feedback/useErrorText";
import { useTranslation } from "@/i18n";
import type { Upload } from "./useUploads";

interface Props {
  uploads: Upload[];
  onRetry: (upload: Upload) => void;
  onForget: (upload: Upload) => void;
}

/** The pictures that are on their way into the text. */
export function UploadList({ uploads, onRetry, onForget }: Props) {
  const { t } = useTranslation("editor");
  const errorText = useErrorText();
  return uploads.map((upload) => (
    <Group key={upload.id} gap="sm" role="status" mb={6}>
      {upload.error ? (
        <>
          <Text size="sm" c="var(--mantine-color-error)">
            {t("upload.failed")} {errorText(upload.error)}
          </Text>
          <Button size="compact-xs" onClick={() => onRetry(upload)}>
            {t("upload.retry")}
          </Button>
          <Button size="compact-xs" variant="default" onClick={() => onForget(upload)}>
            {t("upload.remove")}
          </Button>
        </>
      ) : (
        <>
          <Text size="sm">{t(upload.part < 1 ? "upload.waiting" : "upload.processing")}</Text>
          <Progress
            value={upload.part * 100}
            animated={upload.part >= 1}
            w={160}
            aria-label={t("upload.waiting")}
          />
        </>
      )}
    </Group>
  ));
}
