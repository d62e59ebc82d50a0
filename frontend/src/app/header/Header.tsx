import { Button } from "@mantine/core";
import { IconCoffee, IconLayoutGrid, IconPencilPlus, IconUsers } from "@tabler/icons-react";
import { lazy, Suspense } from "react";
import { Link, NavLink } from "react-router";
import { useSession } from "@/auth/session";
import { Owl } from "@/components/feedback/Owl";
import i18n, { useTranslation } from "@/i18n";
import classes from "../Layout.module.css";
import { AccountMenu } from "./AccountMenu";
import { VisitorMenu } from "./VisitorMenu";

// Behind them are sockets, which no first paint has to wait for. Each is there with its texts.
const UnreadBadge = lazy(async () => {
  const module = import("@/features/chat/components/list/UnreadBadge");
  await i18n.loadNamespaces("chat");
  return { default: (await module).UnreadBadge };
});

const Bell = lazy(async () => {
  const module = import("@/features/notification/Bell");
  await i18n.loadNamespaces("notification");
  return { default: (await module).Bell };
});

/** The site's name, its parts (on phones a bar at the bottom), and what is mine. */
export function Header({ writing }: { writing: boolean }) {
  const { t } = useTranslation();
  const signedIn = useSession() !== "out";
  return (
    <header className={classes.header}>
      <div className={classes.bar}>
        <Link
          to={signedIn ? "/projects" : "/"}
          className={classes.brand}
          aria-label={t("nav.home")}
        >
          <Owl size={30} />
          <span className={classes.wordmark}>SidePro</span>
        </Link>
        <nav
          aria-label={t("nav.label")}
          className={writing ? `${classes.nav} ${classes.away}` : classes.nav}
        >
          <NavLink to="/projects" end className={classes.link}>
            <IconLayoutGrid size={19} aria-hidden="true" />
            {t("nav.projects")}
          </NavLink>
          <NavLink to="/people" className={classes.link}>
            <IconUsers size={19} aria-hidden="true" />
            {t("nav.people")}
          </NavLink>
          <NavLink to="/projects/new" className={`${classes.link} ${classes.phone}`}>
            <IconPencilPlus size={19} aria-hidden="true" />
            {t("nav.writeShort")}
          </NavLink>
          {signedIn && (
            <NavLink to="/chat" className={classes.link}>
              <IconCoffee size={19} aria-hidden="true" />
              {t("nav.chat")}
              <Suspense fallback={null}>
                <UnreadBadge />
              </Suspense>
            </NavLink>
          )}
        </nav>
        <div className={classes.space} />
        {signedIn ? (
          <>
            <Button
              component={Link}
              to="/projects/new"
              size="sm"
              className={classes.write}
              leftSection={<IconPencilPlus size={17} aria-hidden="true" />}
              mx={6}
            >
              {t("nav.write")}
            </Button>
            <Suspense fallback={<span className={classes.bellPlace} />}>
              <Bell />
            </Suspense>
            <AccountMenu />
          </>
        ) : (
          <>
            <VisitorMenu />
            <Button component={Link} to="/login" variant="subtle" size="sm" px={10}>
              {t("nav.logIn")}
            </Button>
            <Button component={Link} to="/signup" size="sm" px={14}>
              {t("nav.signUp")}
            </Button>
          </>
        )}
      </div>
    </header>
  );
}
