import { IconLogout, IconUser } from "@tabler/icons-react";
import { useId, useRef, useState } from "react";
import { Link } from "react-router";
import { useMe } from "@/api/users";
import { signOut } from "@/auth/session";
import { Confirm } from "@/components/feedback/LazyConfirm";
import { UserAvatar } from "@/components/person/UserAvatar";
import { useTranslation } from "@/i18n";
import classes from "./AccountMenu.module.css";
import { Preferences } from "./Preferences";

const SAVE_WITHIN_MS = 4_000;

/** My picture, and behind it my page and the way out: the browser's own popover. */
export function AccountMenu() {
  const { t } = useTranslation();
  const { data: me } = useMe();
  const id = useId();
  const menu = useRef<HTMLDivElement>(null);
  const close = () => menu.current?.hidePopover();

  const [isAsking, setIsAsking] = useState(false);

  async function leave() {
    await signOut();
    // A new page keeps nothing of what this person saw.
    window.location.assign("/");
  }

  /** What is written and not on the server goes there first; what cannot is said before it is lost. */
  async function saveAndLeave() {
    close();
    if (me) {
      const { sendBeforeLeaving } = await import("@/features/editor/drafts/sendUnsent");
      if (await sendBeforeLeaving(me.id, SAVE_WITHIN_MS)) return setIsAsking(true);
    }
    await leave();
  }

  return (
    <>
      <button
        type="button"
        className={classes.button}
        popoverTarget={id}
        aria-label={t("nav.account")}
      >
        <UserAvatar name={me?.username} image={me?.profile?.image} size={34} />
      </button>
      <div ref={menu} id={id} popover="auto" className={classes.menu}>
        {me && <div className={classes.name}>{me.username}</div>}
        <Link to="/me" className={classes.item} onClick={close}>
          <IconUser size={17} aria-hidden="true" />
          {t("nav.me")}
        </Link>
        <Preferences />
        <button type="button" className={classes.item} onClick={() => void saveAndLeave()}>
          <IconLogout size={17} aria-hidden="true" />
          {t("nav.logOut")}
        </button>
      </div>
      <Confirm
        opened={isAsking}
        title={t("unsaved.title")}
        text={t("unsaved.text")}
        action={t("nav.logOut")}
        onConfirm={leave}
        onClose={() => setIsAsking(false)}
      />
    </>
  );
}
