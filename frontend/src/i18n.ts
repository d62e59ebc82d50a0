/**
 * The site's texts in the reader's language: `locales/<language>/<namespace>.json`, a namespace for
 * each part of the site.
 *
 * It is the part of i18next that two languages with the same texts need. With its hook for React,
 * i18next was 16 of the board's 160 KB of JavaScript (brotli, first visit).
 */
import { useSyncExternalStore } from "react";

export const LANGUAGES = ["ko", "en"] as const;
export type Language = (typeof LANGUAGES)[number];

/** A text by its key (`title`, `common:action.close`), with values put into its places. */
export type TFunction = (key: string, values?: Values) => string;

/**
 * What a text's `{{places}}` say. `count` also chooses `key_one` or `key_other`, and `context` the
 * text `key_<context>`, where there is one.
 */
export type Values = { count?: number | string; context?: string | undefined } & Record<
  string,
  unknown
>;

type Texts = { [name: string]: unknown };

const STORED = "sidepro.language";
const COMMON = "common";
// The first screens' texts are one file for each language (vite.config.ts), which comes along with the
// scripts (public/head.js). Those of each other part are a file of their own, read when a screen
// needs it.
const FIRST = [COMMON, "board", "landing", "project"];
const files = import.meta.glob<{ default: Texts }>("./locales/*/*.json");

let language: Language = preferredLanguage();
const known = new Map<string, Texts>();
const reading = new Map<string, Promise<void>>();
const failed = new Map<string, unknown>();
const made = new Map<string, TFunction>();
const listeners = new Set<() => void>();

const i18n = {
  /** The language that the site is shown in. */
  get language(): Language {
    return language;
  },
  /** Whether there is a text of this key. */
  exists: (key: string) => typeof find(language, COMMON, key) === "string",
  /** A text in the language that the site is shown in. */
  t: (key: string, values?: Values) => getFixedT(language)(key, values),
  getFixedT,
  loadNamespaces,
  changeLanguage,
};
export default i18n;

/** Make the first screens' texts ready. Rejects where their file does not come. */
export async function startTexts(): Promise<void> {
  await loadNamespaces(FIRST);
  document.documentElement.lang = language;
}

/** Show the site in this language, also next time. Rejects where its texts do not come. */
export async function changeLanguage(next: Language): Promise<void> {
  const namespaces = [...known.keys()].map((path) => path.split("/")[1] ?? "");
  await Promise.all(namespaces.map((namespace) => tryToRead(next, namespace)));
  localStorage.setItem(STORED, next);
  language = next;
  document.documentElement.lang = next;
  for (const listener of listeners) listener();
}

/** Make the texts of some parts ready. Rejects where a file does not come; asked again, it tries again. */
export async function loadNamespaces(namespaces: string | string[]): Promise<void> {
  await Promise.all([namespaces].flat().map((namespace) => tryToRead(language, namespace)));
}

/** What says the texts of a part in the reader's language; suspends while they are on their way. */
export function useTranslation(namespace = COMMON): { t: TFunction; i18n: typeof i18n } {
  const shown = useSyncExternalStore(subscribe, () => language);
  const name = `${shown}/${namespace}`;
  if (failed.has(name)) throw failed.get(name);
  // As react-i18next does it: `use` would leave tests waiting that render without `await act`.
  if (!known.has(name)) throw read(shown, namespace);
  return { t: getFixedT(shown, namespace), i18n };
}

/** What says the texts in a language; those of this part are named without `namespace:`. */
export function getFixedT(shown: Language, namespace = COMMON): TFunction {
  const name = `${shown}/${namespace}`;
  let t = made.get(name);
  if (!t) {
    t = (key, values = {}) => say(shown, namespace, key, values);
    made.set(name, t);
  }
  return t;
}

/** The lists and objects among the texts, as they stand in the file. */
export function textsOf<Type>(namespace: string, key: string): Type {
  return find(language, namespace, key) as Type;
}

/** The language chosen here before, or Korean for people who read it, or else English. */
function preferredLanguage(): Language {
  const stored = localStorage.getItem(STORED);
  if (stored === "ko" || stored === "en") return stored;
  const korean = navigator.languages.some((tag) => tag.toLowerCase().startsWith("ko"));
  return korean ? "ko" : "en";
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Reads a part's texts; after a failure the next try asks again. */
async function tryToRead(shown: Language, namespace: string): Promise<void> {
  const name = `${shown}/${namespace}`;
  if (failed.delete(name)) reading.delete(name);
  await read(shown, namespace);
}

/** Reads a part's texts once, also where that failed: a screen that waits for them fails as well. */
function read(shown: Language, namespace: string): Promise<void> {
  const name = `${shown}/${namespace}`;
  let promise = reading.get(name);
  if (!promise) {
    const load = files[`./locales/${name}.json`];
    promise = load
      ? load().then((file) => void known.set(name, file.default))
      : Promise.reject(new Error(`no texts: ${name}`));
    reading.set(name, promise);
    promise.catch((error: unknown) => failed.set(name, error));
  }
  return promise;
}

function say(shown: Language, namespace: string, key: string, values: Values): string {
  const { count, context } = values;
  // Korean has one form, and no key says which.
  const plural = count === 1 ? "_one" : "_other";
  const special = context ? [`${key}_${context}${plural}`, `${key}_${context}`] : [];
  for (const name of [...special, key + plural, key]) {
    const text = find(shown, namespace, name);
    if (typeof text === "string") {
      return text.replace(/{{(\w+)}}/g, (_place, value: string) => String(values[value] ?? ""));
    }
  }
  return key;
}

function find(shown: Language, namespace: string, key: string): unknown {
  const [path = "", from = namespace] = key.split(":").reverse();
  let found: unknown = known.get(`${shown}/${from}`);
  for (const name of path.split(".")) found = (found as Texts | undefined)?.[name];
  return found;
}
