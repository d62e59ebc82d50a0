import { deleteDraft, findDraft, putDraft, type SavedDraft } from "@/api/drafts";
import { ApiError, isApiError } from "@/api/http/errors";
import type { Beginning } from "./beginning";
import { type Draft, draftOf, sameDraft } from "./draft";
import { type DraftKey, dropUnsent, keepUnsent } from "./unsent";

const SEND_AFTER_MS = 2_000;
const SEND_WITHIN_MS = 10_000;
const RETRY_AFTER_MS = 5_000;
const RETRY_WITHIN_MS = 60_000;

/**
 * Where the text is safe: there is nothing to save, it is on its way, on the server, in this
 * browser only, or nowhere but on the screen.
 */
export type Place = "none" | "saving" | "server" | "browser" | "nowhere";

export interface DraftState {
  draft: Draft;
  /** The version of the published text that this was begun from. */
  version: number | null;
  place: Place;
  savedAt: number | null;
  /** Why the server does not have it; null while nothing has gone wrong. */
  problem: unknown;
  /** What another device has saved in the meantime: nothing is sent until one is chosen. */
  theirs: SavedDraft | null;
}

/**
 * A draft that is being written. Each change is kept in this browser at once and sent a moment
 * later; what the server has confirmed is not kept here. A server that is away is tried again.
 */
export class DraftStore {
  readonly #listeners = new Set<() => void>();
  #state: DraftState;
  #seen: string | null;
  #tried: Draft[];
  #isUnsent: boolean;
  /** When the newest change was kept here; null where there was no room. */
  #keptAt: number | null;
  #edits = 0;
  #failures = 0;
  #firstUnsentAt = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #sending: Promise<void> | null = null;
  #isOpen = false;
  #hasEnded = false;

  /** `onListed` hears when the list of drafts has one more or one less. */
  constructor(
    readonly key: DraftKey,
    readonly original: Draft,
    beginning: Beginning,
    readonly onListed: () => void = () => {},
  ) {
    const { draft, version, savedAt, theirs } = beginning;
    this.#seen = beginning.seen;
    this.#tried = beginning.tried;
    this.#isUnsent = beginning.isUnsent;
    this.#keptAt = beginning.isUnsent ? savedAt : null;
    this.#state = { draft, version, savedAt, theirs, problem: null, place: "none" };
    this.#set({});
  }

  getState = (): DraftState => this.#state;

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Whether it says something that is not published. */
  get isChanged(): boolean {
    return !sameDraft(this.#state.draft, this.original);
  }

  /** Begin to send; returns what ends that, after a last attempt where `isMine` still says so. */
  open(isMine: () => boolean = () => true): () => void {
    const flush = () => void this.flush();
    const flushHidden = () => {
      if (document.visibilityState === "hidden") flush();
    };
    this.#isOpen = true;
    window.addEventListener("online", flush);
    document.addEventListener("visibilitychange", flushHidden);
    if (this.#isUnsent) this.#schedule(0);
    return () => {
      window.removeEventListener("online", flush);
      document.removeEventListener("visibilitychange", flushHidden);
      if (isMine()) flush();
      clearTimeout(this.#timer);
      this.#isOpen = false;
    };
  }

  /** Change what is written, or the version that it goes on from. */
  change(part: Partial<Draft>, version = this.#state.version): void {
    const draft = { ...this.#state.draft, ...part };
    if (version === this.#state.version && sameDraft(draft, this.#state.draft)) return;
    const now = Date.now();
    if (!this.#isUnsent) this.#firstUnsentAt = now;
    this.#isUnsent = true;
    this.#edits += 1;
    this.#state = { ...this.#state, draft, version };
    this.#keep();
    this.#set({ savedAt: this.#keptAt });
    if (this.#failures === 0) {
      this.#schedule(Math.min(SEND_AFTER_MS, this.#firstUnsentAt + SEND_WITHIN_MS - now));
    }
  }

  /** Send what the server lacks now; settles when that has succeeded or failed. */
  flush(): Promise<void> {
    clearTimeout(this.#timer);
    this.#sending ??= this.#send().finally(() => {
      this.#sending = null;
    });
    return this.#sending;
  }

  /** Mine instead of what another device has saved. */
  keepMine(): Promise<void> {
    this.#seen = this.#state.theirs?.updated_at ?? this.#seen;
    this.#set({ theirs: null });
    return this.flush();
  }

  /** What another device has saved instead of mine. */
  takeTheirs(): void {
    const { theirs } = this.#state;
    if (!theirs) return;
    this.#edits += 1;
    this.#saved(theirs.updated_at);
    this.#set({ draft: draftOf(theirs), version: theirs.version ?? null, theirs: null });
  }

  /** It was published: nothing of it is kept, here or there, unless another device went on. */
  async end(): Promise<void> {
    this.#hasEnded = true;
    clearTimeout(this.#timer);
    await this.#sending?.catch(() => undefined);
    dropUnsent(this.key.accountId, this.key.id);
    // Where that fails it is still in the list, where it can be deleted.
    await this.#remove().catch(() => undefined);
  }

  async #send(): Promise<void> {
    while (this.#isUnsent && !this.#hasEnded && !this.#state.theirs) {
      const before = this.#edits;
      try {
        const at = this.isChanged ? await this.#put() : await this.#remove();
        if (before === this.#edits) this.#saved(at);
        else this.#sent(at);
      } catch (error) {
        try {
          if (!isApiError(error, 412)) throw error;
          await this.#compare();
        } catch (failure) {
          this.#fail(failure);
          return;
        }
      }
    }
  }

  async #put(): Promise<string> {
    const { draft, version } = this.#state;
    // The last attempts of the page before may have no answer yet, nor has this one.
    this.#tried = [...this.#tried, draft].slice(-3);
    this.#keep();
    const body = { ...draft, project: this.key.project, version, seen: this.#seen };
    const { updated_at } = await putDraft(this.key.id, body);
    if (!this.#seen) this.onListed();
    return updated_at;
  }

  /** What says nothing that is not published needs no draft. Throws 412 for another device's. */
  async #remove(): Promise<null> {
    if (!this.#seen && this.#tried.length === 0) return null;
    const there = await findDraft(this.key.id);
    if (!there) return null;
    if (!this.#isMine(there)) throw new ApiError(412, "outdated", "");
    await deleteDraft(this.key.id);
    this.onListed();
    return null;
  }

  /** After a 412: go on where the server has what was sent from here, else show both. */
  async #compare(): Promise<void> {
    const theirs = await findDraft(this.key.id);
    if (!theirs || this.#isMine(theirs)) this.#seen = theirs?.updated_at ?? null;
    else this.#set({ theirs });
  }

  #isMine(there: SavedDraft): boolean {
    const said = draftOf(there);
    return there.updated_at === this.#seen || this.#tried.some((one) => sameDraft(one, said));
  }

  /** The server has what is on the screen (null: and that is nothing). */
  #saved(at: string | null): void {
    this.#isUnsent = false;
    this.#sent(at);
    if (this.#keptAt !== null) dropUnsent(this.key.accountId, this.key.id, this.#keptAt);
    this.#keptAt = null;
    this.#set({ savedAt: at === null ? null : Date.parse(at) });
  }

  /** The server has what was sent. */
  #sent(at: string | null): void {
    this.#seen = at;
    this.#tried = [];
    this.#failures = 0;
    this.#firstUnsentAt = Date.now();
    if (this.#isUnsent) this.#keep();
    this.#set({ problem: null });
  }

  #fail(problem: unknown): void {
    this.#set({ problem });
    const status = isApiError(problem) ? problem.status : 0;
    const mayPass = status === 0 || status === 401 || status === 429 || status >= 500;
    if (!mayPass) return;
    const wait = Math.min(RETRY_AFTER_MS * 2 ** this.#failures, RETRY_WITHIN_MS);
    this.#failures += 1;
    const asked = isApiError(problem) ? (problem.retryAfter ?? 0) * 1000 : 0;
    this.#schedule(Math.max(wait, asked));
  }

  /** Keep it here; a page that was left writes nothing more. */
  #keep(): void {
    if (!this.#isOpen || this.#hasEnded) return;
    const { draft, version } = this.#state;
    const { accountId, id, project } = this.key;
    const savedAt = Date.now();
    const kept = { draft, version, project, savedAt, seen: this.#seen, tried: this.#tried };
    this.#keptAt = keepUnsent(accountId, id, kept) ? savedAt : null;
  }

  #schedule(wait: number): void {
    clearTimeout(this.#timer);
    if (this.#isOpen) this.#timer = setTimeout(() => void this.flush(), Math.max(0, wait));
  }

  #set(part: Partial<DraftState>): void {
    const next = { ...this.#state, ...part };
    this.#state = { ...next, place: this.#place(next) };
    for (const listener of this.#listeners) listener();
  }

  #place({ problem, theirs }: DraftState): Place {
    if (!this.#isUnsent) return this.#seen ? "server" : "none";
    if (!problem && !theirs) return "saving";
    return this.#keptAt === null ? "nowhere" : "browser";
  }
}
