import { ActionIcon, Button, useComputedColorScheme, useMantineColorScheme } from "@mantine/core";
import {
  IconCoffee,
  IconLanguage,
  IconLayoutGrid,
  IconMoon,
  IconPencilPlus,
  IconSun,
  IconUsers,
} from "@tabler/icons-react";
import { lazy, Suspense } from "react";
import { useTranslation } from "react-i18next";
import { Link, NavLink } from "react-router";
import { useSession } from "@/auth/session";
import { changeLanguage } from "@/i18n";
import { AccountMenu } from "./AccountMenu";
import classes from "./Layout.module.css";

// Behind it are sockets, which no first paint has to wait for.
const UnreadBadge = lazy(async () => ({
  default: (await import("@/features/chat/components/list/UnreadBadge")).UnreadBadge,
}));

const Bell = lazy(async () => ({
  default: (await import("@/features/notification/Bell")).Bell,
}));

/** The site's name, its parts, and what is mine. */
export function Header() {
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
          <img src="/owl.svg" alt="" width={30} height={30} />
          <span className={classes.wordmark}>SidePro</span>
        </Link>
        <nav aria-label={t("nav.label")} style={{ display: "contents" }}>
          <NavLink to="/projects" end className={classes.link}>
            <IconLayoutGrid size={19} aria-hidden="true" />
            <span className={classes.linkText}>{t("nav.projects")}</span>
          </NavLink>
          <NavLink to="/people" className={classes.link}>
            <IconUsers size={19} aria-hidden="true" />
            <span className={classes.linkText}>{t("nav.people")}</span>
          </NavLink>
          {signedIn && (
            <NavLink to="/chat" className={classes.link}>
              <IconCoffee size={19} aria-hidden="true" />
              <span className={classes.linkText}>{t("nav.chat")}</span>
              <Suspense fallback={null}>
                <UnreadBadge />
              </Suspense>
            </NavLink>
          )}
        </nav>
        <div className={classes.space} />
        <LanguageButton />
        <SchemeButton />
        {signedIn ? (
          <>
            <Button
              component={Link}
              to="/projects/new"
              size="sm"
              visibleFrom="sm"
              leftSection={<IconPencilPlus size={17} aria-hidden="true" />}
              mx={6}
            >
              {t("nav.write")}
            </Button>
            <ActionIcon
              component={Link}
              to="/projects/new"
              size={36}
              hiddenFrom="sm"
              aria-label={t("nav.write")}
              mx={4}
            >
              <IconPencilPlus size={19} aria-hidden="true" />
            </ActionIcon>
            <Suspense fallback={<span className={classes.bellPlace} />}>
              <Bell />
            </Suspense>
            <AccountMenu />
          </>
        ) : (
          <>
            <Button component={Link} to="/login" variant="subtle" size="sm" px={10}>
              {t("nav.logIn")}
            </Button>
            <Button component={Link} to="/signup" size="sm" px={14} visibleFrom="xs">
              {t("nav.signUp")}
            </Button>
          </>
        )}
      </div>
    </header>
  );
}

function LanguageButton() {
  const { t, i18n } = useTranslation();
  const other = i18n.language === "ko" ? "en" : "ko";
  return (
    <ActionIcon
      variant="subtle"
      color="gray"
      size={36}
      lang={other}
      aria-label={t("nav.language")}
      title={t("nav.language")}
      onClick={() => void changeLanguage(other)}
    >
      <IconLanguage size={19} aria-hidden="true" />
    </ActionIcon>
  );
}

function SchemeButton() {
  const { t } = useTranslation();
  const { setColorScheme } = useMantineColorScheme();
  const dark = useComputedColorScheme("light", { getInitialValueInEffect: false }) === "dark";
  const label = dark ? t("nav.light") : t("nav.dark");
  return (
    <ActionIcon
      variant="subtle"
      color="gray"
      size={36}
      aria-label={label}
      title={label}
      onClick={() => setColorScheme(dark ? "light" : "dark")}
    >
      {dark ? <IconSun size={19} aria-hidden="true" /> : <IconMoon size={19} aria-hidden="true" />}
    </ActionIcon>
  );
}
