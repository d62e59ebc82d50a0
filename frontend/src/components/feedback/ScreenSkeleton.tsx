import { Skeleton, Stack } from "@mantine/core";
import { useTranslation } from "@/i18n";

/** Stands in while a screen's code is being read. */
export function ScreenSkeleton() {
  const { t } = useTranslation();
  return (
    <Stack gap="md" role="status" aria-busy="true" aria-label={t("loading")} mih="70vh">
      <Skeleton height={36} width="min(320px, 70%)" />
      <Skeleton height={18} width="min(520px, 90%)" />
      <Skeleton height={260} mt="md" radius="lg" />
    </Stack>
  );
}
