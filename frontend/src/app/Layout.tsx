import { Box } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Link, Outlet, ScrollRestoration, useLocation } from "react-router";
import { RequestDialogHost } from "@/components/request/RequestDialogHost";
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
