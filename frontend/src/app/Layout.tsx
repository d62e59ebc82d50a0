import { Box } from "@mantine/core";
import { useEffect, useRef } from "react";
import { Link, Outlet, ScrollRestoration, useLocation } from "react-router";
import { RequestDialogHost } from "@/components/request/RequestDialogHost";
import { useTranslation } from "@/i18n";
import { EmailBanner } from "./header/EmailBanner";
import { Header } from "./header/Header";
import { OfflineBanner } from "./header/OfflineBanner";
import classes from "./Layout.module.css";
import { Progress } from "./Progress";

/** What stands around every screen. */
export function Layout() {
  const { t } = useTranslation();
  const { pathname } = useLocation();
  const inChat = pathname.startsWith("/chat");
  const main = useFocusOnArrival(pathname);
  // A room has a banner of its own, which also says what becomes of what one writes.
  const inRoom = pathname.startsWith("/chat/");
  return (
    <>
      <a className="skip-link" href="#main">
        {t("nav.skip")}
      </a>
      <Progress />
      <Header writing={inRoom || /^\/projects\/(new|\d+\/edit)/.test(pathname)} />
      {!inRoom && <OfflineBanner />}
      {!inChat && <EmailBanner />}
      <Box
        component="main"
        id="main"
        ref={main}
        tabIndex={-1}
        className={inChat ? classes.full : classes.main}
      >
        <Outlet />
      </Box>
      {!inChat && (
        <footer className={classes.footer}>
          <span>{t("footer.line")}</span>
          <nav aria-label={t("footer.label")}>
            <Link to="/projects">{t("nav.projects")}</Link>
            <Link to="/people">{t("nav.people")}</Link>
            {/* Not by the router: an operator may have pages of their own. */}
            <a href="/terms">{t("footer.terms")}</a>
            <a href="/privacy">{t("footer.privacy")}</a>
            <a href="/api/docs/">API</a>
          </nav>
        </footer>
      )}
      <RequestDialogHost />
      <ScrollRestoration />
    </>
  );
}

/** Where another screen begins for the keyboard, when what led there has gone with the last one. */
function useFocusOnArrival(pathname: string) {
  const main = useRef<HTMLDivElement>(null);
  const arrived = useRef(pathname);
  useEffect(() => {
    if (arrived.current === pathname) return;
    arrived.current = pathname;
    // A field of the new screen that took the focus keeps it.
    if (document.activeElement === document.body) main.current?.focus({ preventScroll: true });
  }, [pathname]);
  return main;
}
