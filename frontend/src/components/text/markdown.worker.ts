import { parseMarkdown } from "./parseMarkdown";

export interface Task {
  id: number;
  source: string;
}

export interface Done {
  id: number;
  html: string;
}

self.addEventListener("message", ({ data: { id, source } }: MessageEvent<Task>) => {
  const done: Done = { id, html: parseMarkdown(source) };
  self.postMessage(done);
});
