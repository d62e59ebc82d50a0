import AxeBuilder from "@axe-core/playwright";
import { expect, type Page } from "@playwright/test";

/** What another theme may change. */
const COLOURS = ["color-contrast", "link-in-text-block"];

/** No fault for people who hear the page or see it badly; the name says where one was. */
export async function expectAccessible(
  page: Page,
  name = page.url(),
  rules: "all" | "colours" = "all",
): Promise<void> {
  // What Toast UI Editor itself draws is not ours to change.
  const axe = new AxeBuilder({ page }).exclude(".toastui-editor-defaultUI").setLegacyMode();
  const { violations } = await (rules === "all" ? axe : axe.withRules(COLOURS)).analyze();
  const faults = violations.map(
    ({ id, nodes }) =>
      `${id}: ${nodes.map(({ html, failureSummary }) => `${html} ${failureSummary}`).join("\n")}`,
  );
  expect.soft(faults, `axe: ${name}`).toEqual([]);
}
