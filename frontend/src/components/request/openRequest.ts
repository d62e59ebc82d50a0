/**
 * Which request for a coffee chat is being written, if any: buttons on cards, pages and profiles
 * open it, and the layout shows its dialog, whose code is read then. A visitor's is kept in this
 * tab while they log in or sign up.
 */
import { useSyncExternalStore } from "react";
import type { ProjectCard } from "@/api/types";

/** A request that is being written. */
export interface ChatRequest {
  partner: { username: string; image?: string | null };
  project: { id: number; title: string } | null;
  message: string;
}

const KEPT = "sidepro.request";

let current: ChatRequest | null = null;
const listeners = new Set<() => void>();

/** Open the dialog. */
export function openRequest(request: Pick<ChatRequest, "partner"> & Partial<ChatRequest>): void {
  change({ project: null, message: "", ...request });
}

/** Open the dialog for a project's author, about that project. */
export function askAbout({
  id,
  title,
  author,
}: Pick<ProjectCard, "id" | "title" | "author">): void {
  openRequest({ partner: author, project: { id, title } });
}

/** Close the dialog; nothing of it is kept. */
export function closeRequest(): void {
  change(null);
}

/** Close the dialog for the log-in page; `resumeRequest` opens it again. */
export function keepRequest(request: ChatRequest): void {
  sessionStorage.setItem(KEPT, JSON.stringify(request));
  change(null);
}

/** Open what was kept before the log-in, where something was. */
export function resumeRequest(): void {
  const kept = sessionStorage.getItem(KEPT);
  sessionStorage.removeItem(KEPT);
  if (!kept) return;
  try {
    change(JSON.parse(kept) as ChatRequest);
  } catch {
    // What another script put there is no request.
  }
}

/** The request that is being written; null for none. */
export function useOpenRequest(): ChatRequest | null {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => current,
  );
}

function change(request: ChatRequest | null): void {
  current = request;
  for (const listener of listeners) listener();
}
