import type { Done, Task } from "./markdown.worker";
import { sanitise } from "./sanitise";

const PATIENCE = 10_000;

// The page stays free while a text is parsed, also for one that takes for ever.
let worker = newWorker();
let lastId = 0;

function newWorker(): Worker {
  return new Worker(new URL("./markdown.worker.ts", import.meta.url), { type: "module" });
}

/** A writer's Markdown as HTML that is safe to show; null when it cannot be parsed in ten seconds. */
export function renderMarkdown(source: string): Promise<string | null> {
  const task: Task = { id: ++lastId, source };
  const asked = worker;
  const ended = new AbortController();
  const { signal } = ended;

  return new Promise<string | null>((resolve) => {
    const timer = setTimeout(failWith, PATIENCE, "it takes too long");
    signal.addEventListener("abort", () => clearTimeout(timer));
    asked.addEventListener("error", ({ message }) => failWith(message), { signal });
    asked.addEventListener("message", answer, { signal });
    asked.postMessage(task);

    function answer({ data }: MessageEvent<Done>) {
      if (data.id === task.id) resolve(sanitise(data.html));
    }

    function failWith(why: string) {
      console.error(`A text is shown as it was written: ${why}`);
      if (worker === asked) {
        asked.terminate();
        worker = newWorker();
      }
      resolve(null);
    }
  }).finally(() => ended.abort());
}
