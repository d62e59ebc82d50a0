import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useEffectEvent } from "react";
import { useNavigate } from "react-router";
import type { Room } from "@/api/types";
import { alertSettings, playSound, showNotification } from "@/features/chat/model/alerts";
import { useTranslation } from "@/i18n";
import { isLookingAnywhere, shareAttention } from "@/realtime/attention";
import { inboxOf } from "@/realtime/inbox";

/** The longest part of a message that a notification shows, in characters. */
const EXCERPT = 120;

/** Calls for attention when something arrives, as the person has chosen. */
export function useAlerts(): void {
  const { t } = useTranslation("chat");
  const navigate = useNavigate();
  const inbox = inboxOf(useQueryClient());

  const call = useEffectEvent(async (room: Room) => {
    const { notifications, sound } = alertSettings();
    if ((!notifications && !sound) || (await isLookingAnywhere())) return;
    if (sound) playSound();
    if (!notifications) return;
    const name = room.partner?.username ?? t("common:person.deleted");
    const request = room.pending_reason === "requested_of_me";
    const alert = {
      title: request ? t("alerts.request", { name }) : t("alerts.message", { name }),
      body: room.last_message?.body.slice(0, EXCERPT) ?? "",
      tag: room.id,
      path: `/chat/${room.id}`,
    };
    showNotification(alert, (path) => void navigate(path));
  });

  useEffect(() => shareAttention(), []);
  useEffect(() => inbox.onArrival((room) => void call(room)), [inbox]);
}
