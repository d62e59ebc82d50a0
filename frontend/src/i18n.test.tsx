import { act, render, screen } from "@testing-library/react";
import { Suspense } from "react";
import { beforeEach, describe, expect, it } from "vitest";
import i18n, { LANGUAGES, useTranslation } from "./i18n";

beforeEach(async () => {
  for (const language of LANGUAGES) await i18n.changeLanguage(language);
});

describe("a text", () => {
  const en = i18n.getFixedT("en", "board");

  it("is found by its key, in its own part or another", () => {
    expect(en("title")).toBe("Projects");
    expect(en("common:action.close")).toBe("Close");
    expect(en("no.such.key")).toBe("no.such.key");
    const exists = ["error.codes.network", "error.codes.no_such_code", "error.codes"];
    expect(exists.map(i18n.exists)).toEqual([true, false, false]);
  });

  it("says one and many where its language does", () => {
    const hours = (language: "ko" | "en") =>
      [1, 2].map((count) => i18n.getFixedT(language)("time.hour", { count }));
    expect(hours("en")).toEqual(["1 hour ago", "2 hours ago"]);
    expect(hours("ko")).toEqual(["1시간 전", "2시간 전"]);
  });

  it("has another form in another context, where there is one", () => {
    const said = (context: string | undefined, count: number) =>
      en("reason.similarTaste.made", { name: "mina", project: "Owl", count, context });
    expect(said(undefined, 0)).toBe("Made by mina, who bookmarked “Owl” like you");
    expect(said("more", 2)).toBe("Made by mina, who bookmarked “Owl” and 2 more like you");
    expect(said("unknown", 0)).toBe(said(undefined, 0));
  });

  it("takes what people wrote as it stands", () => {
    const title = "{{text}} $& <b>";
    expect(en("recommended.dismissed", { title })).toContain(`“${title}”`);
    expect(en("recommended.dismissed")).toContain("“”");
  });
});

function Greeting() {
  const { t } = useTranslation("people");
  return <p>{t("title")}</p>;
}

it("is waited for, and follows the language", async () => {
  await act(async () => {
    render(
      <Suspense fallback="…">
        <Greeting />
      </Suspense>,
    );
  });
  expect(await screen.findByText("People")).toBeDefined();
  await act(() => i18n.changeLanguage("ko"));
  expect(screen.getByText("사람")).toBeDefined();
  expect([document.documentElement.lang, localStorage.getItem("sidepro.language")]).toEqual([
    "ko",
    "ko",
  ]);
});

it("rejects where there is no such part", async () => {
  await expect(i18n.loadNamespaces("none")).rejects.toThrow("no texts: en/none");
});
