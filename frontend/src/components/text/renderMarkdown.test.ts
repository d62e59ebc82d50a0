import { beforeEach, expect, it, vi } from "vitest";
import type { Task } from "./markdown.worker";

/** Stands for a browser's worker: a test says what it answers. */
class FakeWorker extends EventTarget {
  static all: FakeWorker[] = [];
  asked: Task[] = [];
  terminate = vi.fn();

  constructor() {
    super();
    FakeWorker.all.push(this);
  }

  postMessage(task: Task) {
    this.asked.push(task);
  }

  answer(id: number, html: string) {
    this.dispatchEvent(new MessageEvent("message", { data: { id, html } }));
  }
}

beforeEach(() => {
  vi.resetModules();
  vi.stubGlobal("Worker", FakeWorker);
  vi.spyOn(console, "error").mockImplementation(() => {});
  FakeWorker.all = [];
});

/** The function, and the worker it talks to. */
async function started() {
  const { renderMarkdown } = await import("./renderMarkdown");
  const [worker] = FakeWorker.all;
  if (!worker) throw new Error("no worker was started");
  return { renderMarkdown, worker };
}

it("gives each text its own answer, sanitised", async () => {
  const { renderMarkdown, worker } = await started();
  const both = Promise.all([renderMarkdown("a"), renderMarkdown("b")]);
  const [a, b] = worker.asked;
  worker.answer(b?.id ?? 0, "<p onclick=x()>b</p>");
  worker.answer(a?.id ?? 0, "<p>a</p><script>x()</script>");
  expect(await both).toEqual(["<p>a</p>", "<p>b</p>"]);
});

it("gives up on a text that takes for ever, and parses the next one", async () => {
  const { renderMarkdown, worker } = await started();
  vi.useFakeTimers();
  const endless = renderMarkdown("endless");
  vi.advanceTimersByTime(10_000);
  vi.useRealTimers();
  expect(await endless).toBeNull();
  expect(worker.terminate).toHaveBeenCalled();

  const next = renderMarkdown("next");
  const [, fresh] = FakeWorker.all;
  fresh?.answer(fresh.asked[0]?.id ?? 0, "<p>next</p>");
  expect(await next).toBe("<p>next</p>");
});

it("gives up when the worker fails", async () => {
  const { renderMarkdown, worker } = await started();
  const failed = renderMarkdown("x");
  worker.dispatchEvent(new ErrorEvent("error", { message: "no script" }));
  expect(await failed).toBeNull();
});
