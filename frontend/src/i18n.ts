import i18n, { type BackendModule } from "i18next";
import { initReactI18next } from "react-i18next";
import enBoard from "./locales/en/board.json";
import enCommon from "./locales/en/common.json";
import enLanding from "./locales/en/landing.json";
import enProject from "./locales/en/project.json";
import koBoard from "./locales/ko/board.json";
import koCommon from "./locales/ko/common.json";
import koLanding from "./locales/ko/landing.json";
import koProject from "./locales/ko/project.json";

export const LANGUAGES = ["ko", "en"] as const;
export type Language = (typeof LANGUAGES)[number];

const STORED = "sidepro.language";

// Each language's texts of each part are a file of their own, read when a screen needs it.
const files = import.meta.glob<{ default: Record<string, unknown> }>([
  "./locales/*/*.json",
  "!./locales/*/{common,board,landing,project}.json",
]);

const lazyFiles: BackendModule = {
  type: "backend",
  init() {},
  read(language, namespace, done) {
    const load = files[`./locales/${language}/${namespace}.json`];
    if (!load) return done(new Error(`no texts: ${language}/${namespace}`), null);
    load().then(
      (file) => done(null, file.default),
      (error) => done(error, null),
    );
  },
};

/** The language chosen here before, or Korean for people who read it, or else English. */
function preferredLanguage(): Language {
  const stored = localStorage.getItem(STORED);
  if (stored === "ko" || stored === "en") return stored;
  const korean = navigator.languages.some((tag) => tag.toLowerCase().startsWith("ko"));
  return korean ? "ko" : "en";
}

/** Show the site in this language, also next time. */
export async function changeLanguage(language: Language): Promise<void> {
  localStorage.setItem(STORED, language);
  await i18n.changeLanguage(language);
}

/** Make the texts ready; the first screens' are at once. */
export function startTexts(): void {
  i18n.on("languageChanged", (language) => {
    document.documentElement.lang = language;
  });
  void i18n
    .use(lazyFiles)
    .use(initReactI18next)
    .init({
      lng: preferredLanguage(),
      fallbackLng: "ko",
      supportedLngs: LANGUAGES,
      ns: ["common"],
      defaultNS: "common",
      // What the first screens say comes with the first script: visitors wait for no second one.
      partialBundledLanguages: true,
      resources: {
        ko: { common: koCommon, board: koBoard, landing: koLanding, project: koProject },
        en: { common: enCommon, board: enBoard, landing: enLanding, project: enProject },
      },
      interpolation: { escapeValue: false },
      returnNull: false,
    });
}

export default i18n;
