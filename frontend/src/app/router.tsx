import type { ComponentType } from "react";
import { createBrowserRouter, type LoaderFunction } from "react-router";
import { isId, projectQuery, projectsQuery } from "@/api/projects";
import { RequireAuth } from "@/auth/RequireAuth";
import { BoardPage } from "@/features/board/BoardPage";
import { filterOf, readQuery } from "@/features/board/query";
import { LandingPage } from "@/features/landing/LandingPage";
import { LIVE } from "@/features/landing/live";
import { ProjectPage } from "@/features/project/ProjectPage";
import i18n from "@/i18n";
import { CrashPage } from "./CrashPage";
import { Layout } from "./Layout";
import { NotFoundPage } from "./NotFoundPage";
import { queryClient } from "./queryClient";
import { ScreenSkeleton } from "./ScreenSkeleton";

/** A screen that is read when it is opened, with its texts beside it. */
function screen(texts: string, load: () => Promise<ComponentType>) {
  return async () => {
    const [Component] = await Promise.all([load(), i18n.loadNamespaces(texts)]);
    return { Component };
  };
}

/** Ask for a screen's data while its code is still on the way; the screen shows what went wrong. */
function ahead(ask: (to: { url: URL; id: number }) => unknown): LoaderFunction {
  return ({ request, params }) => {
    ask({ url: new URL(request.url), id: Number(params.id) });
    return null;
  };
}

/** The site's screens by their addresses; begins to read what the first one shows. */
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
            // Where most people arrive: part of the first script.
            {
              index: true,
              element: <LandingPage />,
              loader: ahead(() => queryClient.prefetchInfiniteQuery(projectsQuery(LIVE))),
            },
            {
              path: "projects",
              element: <BoardPage />,
              loader: ahead(({ url }) =>
                queryClient.prefetchInfiniteQuery(
                  projectsQuery(filterOf(readQuery(url.searchParams))),
                ),
              ),
            },
            {
              path: "projects/:id",
              element: <ProjectPage />,
              loader: ahead(({ id }) => isId(id) && queryClient.prefetchQuery(projectQuery(id))),
            },
            {
              path: "users/:username",
              lazy: screen(
                "account",
                async () => (await import("@/features/account/UserPage")).UserPage,
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
                  path: "me",
                  lazy: screen(
                    "account",
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
