import { IconLogout, IconUser } from "@tabler/icons-react";
import { useId, useRef } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { useMe } from "@/api/users";
import { signOut } from "@/auth/session";
import { UserAvatar } from "@/components/person/UserAvatar";
import classes from "./AccountMenu.module.css";
import { Preferences } from "./Preferences";

/** My picture, and behind it my page and the way out: the browser's own popover. */
export function AccountMenu() {
  const { t } = useTranslation();
  const { data: me } = useMe();
  const id = useId();
  const menu = useRef<HTMLDivElement>(null);
  const close = () => menu.current?.hidePopover();

  async function leave() {
    close();
    await signOut();
    // A new page keeps nothing of what this person saw.
    window.location.assign("/");
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
        <button type="button" className={classes.item} onClick={() => void leave()}>
          <IconLogout size={17} aria-hidden="true" />
          {t("nav.logOut")}
        </button>
      </div>
    </>
  );
}
