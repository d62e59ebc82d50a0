import type { ComponentType } from "react";
import { createBrowserRouter } from "react-router";
import { NotFoundPage } from "@/components/feedback/NotFoundPage";
import { ScreenSkeleton } from "@/components/feedback/ScreenSkeleton";
import { BoardPage } from "@/features/board/BoardPage";
import i18n from "@/i18n";
import { CrashPage } from "./CrashPage";
import { Layout } from "./Layout";
import { RequireAuth } from "./RequireAuth";

/** A screen that is read when it is opened, with its texts. */
function screen(texts: string | string[], load: () => Promise<ComponentType>) {
  return async () => {
    const [Component] = await Promise.all([load(), i18n.loadNamespaces(texts)]);
    return { Component };
  };
}

/** The site's screens by their addresses. */
export const createRouter = () =>
  createBrowserRouter([
    {
      element: <Layout />,
      errorElement: <CrashPage />,
      children: [
        {
          errorElement: <CrashPage />,
          hydrateFallbackElement: <ScreenSkeleton />,
          children: [
            // Where most people come: part of the first script.
            { path: "projects", element: <BoardPage /> },
            // Where many arrive: these two come along with it (public/head.js).
            {
              index: true,
              lazy: screen(
                "landing",
                async () => (await import("@/features/landing/LandingPage")).LandingPage,
              ),
            },
            {
              path: "projects/:id",
              lazy: screen(
                "project",
                async () => (await import("@/features/project/ProjectPage")).ProjectPage,
              ),
            },
            {
              path: "users/:username",
              lazy: screen(
                "account",
                async () => (await import("@/features/account/UserPage")).UserPage,
              ),
            },
            {
              path: "people",
              lazy: screen(
                "people",
                async () => (await import("@/features/people/PeoplePage")).PeoplePage,
              ),
            },
            {
              path: "skills/:slug",
              lazy: screen(
                "people",
                async () => (await import("@/features/skill/SkillPage")).SkillPage,
              ),
            },
            {
              path: "login",
              lazy: screen(
                "auth",
                async () => (await import("@/features/auth/LogInPage")).LogInPage,
              ),
            },
            {
              path: "signup",
              lazy: screen(
                "auth",
                async () => (await import("@/features/auth/SignUpPage")).SignUpPage,
              ),
            },
            {
              path: "password-reset",
              lazy: screen(
                "auth",
                async () => (await import("@/features/auth/ResetPage")).ResetPage,
              ),
            },
            {
              path: "terms",
              lazy: screen(
                "legal",
                async () => (await import("@/features/legal/LegalPage")).TermsPage,
              ),
            },
            {
              path: "privacy",
              lazy: screen(
                "legal",
                async () => (await import("@/features/legal/LegalPage")).PrivacyPage,
              ),
            },
            {
              path: "verify",
              lazy: screen(
                "email",
                async () => (await import("@/features/auth/VerifyPage")).VerifyPage,
              ),
            },
            {
              element: <RequireAuth />,
              children: [
                {
                  path: "welcome",
                  lazy: screen(
                    "auth",
                    async () => (await import("@/features/auth/WelcomePage")).WelcomePage,
                  ),
                },
                {
                  path: "projects/new",
                  lazy: screen(
                    "editor",
                    async () => (await import("@/features/editor/NewProjectPage")).NewProjectPage,
                  ),
                },
                {
                  path: "projects/:id/edit",
                  lazy: screen(
                    "editor",
                    async () => (await import("@/features/editor/EditProjectPage")).EditProjectPage,
                  ),
                },
                {
                  path: "chat/:roomId?",
                  lazy: screen(
                    "chat",
                    async () => (await import("@/features/chat/ChatPage")).ChatPage,
                  ),
                },
                {
                  path: "notifications",
                  lazy: screen(
                    "notification",
                    async () =>
                      (await import("@/features/notification/NotificationsPage")).NotificationsPage,
                  ),
                },
                {
                  path: "settings/notifications",
                  lazy: screen(
                    "notification",
                    async () => (await import("@/features/notification/SettingsPage")).SettingsPage,
                  ),
                },
                {
                  path: "me",
                  lazy: screen(
                    ["account", "email", "safety"],
                    async () => (await import("@/features/account/MyPage")).MyPage,
                  ),
                },
              ],
            },
            { path: "*", element: <NotFoundPage /> },
          ],
        },
      ],
    },
  ]);
