import { Button, Group, Modal, Stack, Text } from "@mantine/core";
import { useEffect, useEffectEvent, useState } from "react";
import { useBlocker } from "react-router";
import { useTranslation } from "@/i18n";
import type { DraftStore, Place } from "./draftStore";

const SAVE_WITHIN_MS = 4_000;

interface Props {
  store: DraftStore;
  place: Place;
  /** Whether there is something that is not published. */
  active: boolean;
}

/**
 * Saves before one leaves something that is not published, and says where it is then. Closing the
 * tab asks only while the server does not have it.
 */
export function LeaveGuard({ store, place, active }: Props) {
  const { t } = useTranslation("editor");
  const [isSaving, setIsSaving] = useState(false);
  const blocker = useBlocker(
    ({ currentLocation, nextLocation }) =>
      active && currentLocation.pathname !== nextLocation.pathname,
  );
  const isBlocked = blocker.state === "blocked";
  const save = useEffectEvent(async () => {
    setIsSaving(true);
    await Promise.race([
      store.flush(),
      new Promise((resolve) => setTimeout(resolve, SAVE_WITHIN_MS)),
    ]);
    setIsSaving(false);
  });
  useEffect(() => {
    if (isBlocked) void save();
  }, [isBlocked]);

  const isAtRisk = active && place !== "server";
  useEffect(() => {
    if (!isAtRisk) return;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener("beforeunload", ask);
    return () => window.removeEventListener("beforeunload", ask);
  }, [isAtRisk]);

  return (
    <Modal
      opened={isBlocked}
      onClose={() => blocker.reset?.()}
      title={t("leave.title")}
      centered
      closeButtonProps={{ "aria-label": t("common:action.close") }}
    >
      <Stack>
        <Text role="status">{t(`leave.${isSaving || place === "none" ? "saving" : place}`)}</Text>
        <Group justify="flex-end">
          <Button variant="default" loading={isSaving} onClick={() => blocker.proceed?.()}>
            {t("leave.action")}
          </Button>
          <Button onClick={() => blocker.reset?.()} data-autofocus>
            {t("leave.stay")}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
