import { Button } from "@mantine/core";
import { IconShare } from "@tabler/icons-react";
import { notify } from "@/components/feedback/notify";
import { useTranslation } from "@/i18n";

/** Shares this page by what the device has for that; where it has nothing, copies the address. */
export function ShareButton({ title }: { title: string }) {
  const { t } = useTranslation();

  async function share() {
    const url = window.location.origin + window.location.pathname;
    try {
      if (navigator.share) return await navigator.share({ title, url });
    } catch (error) {
      // Closed without sharing; what the device refuses otherwise is copied.
      if (error instanceof DOMException && error.name === "AbortError") return;
    }
    try {
      await navigator.clipboard.writeText(url);
      void notify(t("share.copied"));
    } catch {
      void notify(t("share.failed", { url }), "failed");
    }
  }

  return (
    <Button
      variant="default"
      leftSection={<IconShare size={17} aria-hidden="true" />}
      onClick={() => void share()}
    >
      {t("share.action")}
    </Button>
  );
}
