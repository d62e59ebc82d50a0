import { createBrowserRouter } from "react-router";
import { RequireAuth } from "@/auth/RequireAuth";
import { BoardPage } from "@/features/board/BoardPage";
import { LandingPage } from "@/features/landing/LandingPage";
import i18n from "@/i18n";
import { CrashPage } from "./CrashPage";
import { Layout } from "./Layout";
import { NotFoundPage } from "./NotFoundPage";
import { ScreenSkeleton } from "./ScreenSkeleton";

/** A screen and its texts, read side by side. */
async function screen<Module>(load: Promise<Module>, ...texts: string[]): Promise<Module> {
  const [module] = await Promise.all([load, i18n.loadNamespaces(texts)]);
  return module;
}

export const router = createBrowserRouter([
  {
    element: <Layout />,
    errorElement: <CrashPage />,
    hydrateFallbackElement: <ScreenSkeleton />,
    children: [
      {
        errorElement: <CrashPage />,
        children: [
          // Where most people arrive: part of the first script.
          { index: true, element: <LandingPage /> },
          { path: "projects", element: <BoardPage /> },
          {
            path: "projects/:id",
            lazy: () =>
              screen(
                import("@/features/project/ProjectPage").then(({ ProjectPage }) => ({
                  Component: ProjectPage,
                })),
                "project",
              ),
          },
          {
            path: "users/:username",
            lazy: () =>
              screen(
                import("@/features/account/UserPage").then(({ UserPage }) => ({
                  Component: UserPage,
                })),
                "account",
              ),
          },
          {
            path: "login",
            lazy: () =>
              screen(
                import("@/features/auth/LogInPage").then(({ LogInPage }) => ({
                  Component: LogInPage,
                })),
                "auth",
              ),
          },
          {
            path: "signup",
            lazy: () =>
              screen(
                import("@/features/auth/SignUpPage").then(({ SignUpPage }) => ({
                  Component: SignUpPage,
                })),
                "auth",
              ),
          },
          {
            path: "password-reset",
            lazy: () =>
              screen(
                import("@/features/auth/ResetPage").then(({ ResetPage }) => ({
                  Component: ResetPage,
                })),
                "auth",
              ),
          },
          {
            element: <RequireAuth />,
            children: [
              {
                path: "welcome",
                lazy: () =>
                  screen(
                    import("@/features/auth/WelcomePage").then(({ WelcomePage }) => ({
                      Component: WelcomePage,
                    })),
                    "auth",
                  ),
              },
              {
                path: "projects/new",
                lazy: () =>
                  screen(
                    import("@/features/editor/NewProjectPage").then(({ NewProjectPage }) => ({
                      Component: NewProjectPage,
                    })),
                    "editor",
                  ),
              },
              {
                path: "projects/:id/edit",
                lazy: () =>
                  screen(
                    import("@/features/editor/EditProjectPage").then(({ EditProjectPage }) => ({
                      Component: EditProjectPage,
                    })),
                    "editor",
                  ),
              },
              {
                path: "chat/:roomId?",
                lazy: () =>
                  screen(
                    import("@/features/chat/ChatPage").then(({ ChatPage }) => ({
                      Component: ChatPage,
                    })),
                    "chat",
                  ),
              },
              {
                path: "me",
                lazy: () =>
                  screen(
                    import("@/features/account/MyPage").then(({ MyPage }) => ({
                      Component: MyPage,
                    })),
                    "account",
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
