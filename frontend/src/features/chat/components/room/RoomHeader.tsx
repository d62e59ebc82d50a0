import { ActionIcon, Menu, Skeleton, UnstyledButton } from "@mantine/core";
import { IconDots, IconLogout, IconUser } from "@tabler/icons-react";
import { useRef, useState } from "react";
import { useNavigate } from "react-router";
import { useLeaveRoom } from "@/api/rooms";
import type { Room } from "@/api/types";
import { Confirm } from "@/components/feedback/Confirm";
import { notify } from "@/components/feedback/notify";
import { UserAvatar } from "@/components/person/UserAvatar";
import { StatusLabel } from "@/features/chat/components/list/StatusLabel";
import type { RoomView } from "@/features/chat/model/roomStore";
import { useTranslation } from "@/i18n";
import { BackToList } from "./BackToList";
import { PartnerDrawer } from "./PartnerDrawer";
import classes from "./RoomPane.module.css";

interface Props {
  roomId: string;
  /** Undefined until it is read. */
  room: Room | undefined;
  partnerName: string;
  view: RoomView;
}

/** Whom the room is shared with, how it stands, and the way out. */
export function RoomHeader({ roomId, room, partnerName, view }: Props) {
  const { t } = useTranslation("chat");
  const navigate = useNavigate();
  const leave = useLeaveRoom(roomId);
  const [asking, setAsking] = useState(false);
  const [profile, setProfile] = useState(false);
  const menu = useRef<HTMLButtonElement>(null);
  // The item of a menu is gone when the drawer closes: the focus returns to the menu's button.
  const opener = useRef<HTMLButtonElement>(null);

  function showProfile(from: HTMLButtonElement | null) {
    opener.current = from;
    setProfile(true);
  }

  const partner = room?.partner;
  // Without a connection we do not know how the room stands.
  const known = view.connection === "open" ? view.status : undefined;
  const status = view.loaded ? known : room?.status;
  const writable = view.loaded ? view.writable : room?.writable;

  const alone = !partner || room?.pending_reason === "left";
  const leaveText =
    writable !== false ? "leave.text" : alone ? "leave.textLast" : "leave.textPending";

  async function leaveNow() {
    await leave.mutateAsync();
    await navigate("/chat", { replace: true });
    void notify(t("leave.done"));
  }

  return (
    <header className={classes.header}>
      <BackToList />
      <UnstyledButton
        className={classes.partner}
        disabled={!partner}
        aria-label={partner ? t("room.profile", { name: partnerName }) : undefined}
        onClick={(event) => showProfile(event.currentTarget)}
      >
        <UserAvatar name={partner?.username} image={partner?.image} size={38} />
        <span className={classes.who}>
          {room ? (
            <h1 className={classes.name}>{partnerName}</h1>
          ) : (
            <Skeleton height={16} width={110} />
          )}
          <span className={classes.facts}>
            {status && <StatusLabel status={status} reason={room?.pending_reason} />}
            {view.online !== null && writable && (
              <span className={classes.presence}>
                {t(view.online ? "room.online" : "room.offline")}
              </span>
            )}
          </span>
        </span>
      </UnstyledButton>
      {/* In its place, and its items alone: a menu holds nothing else that takes the focus. */}
      <Menu
        position="bottom-end"
        width={200}
        withinPortal={false}
        withInitialFocusPlaceholder={false}
      >
        <Menu.Target>
          <ActionIcon
            ref={menu}
            variant="subtle"
            color="gray"
            size={40}
            aria-label={t("room.menu")}
          >
            <IconDots size={21} aria-hidden="true" />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          {partner && (
            <Menu.Item
              leftSection={<IconUser size={16} aria-hidden="true" />}
              onClick={() => showProfile(menu.current)}
            >
              {t("room.openProfile")}
            </Menu.Item>
          )}
          <Menu.Item
            c="var(--mantine-color-error)"
            leftSection={<IconLogout size={16} aria-hidden="true" />}
            onClick={() => setAsking(true)}
          >
            {t("room.leave")}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <Confirm
        opened={asking}
        title={t("leave.title")}
        text={t(leaveText, { name: partnerName })}
        action={t("leave.action")}
        onConfirm={leaveNow}
        onClose={() => setAsking(false)}
      />
      {partner && (
        <PartnerDrawer
          username={partner.username}
          opened={profile}
          onClose={() => setProfile(false)}
          onClosed={() => opener.current?.focus()}
        />
      )}
    </header>
  );
}
