import AxeBuilder from "@axe-core/playwright";
import { expect, type Page } from "@playwright/test";

/** No serious fault for people who hear the page or see it badly. */
export async function expectAccessible(page: Page): Promise<void> {
  // What Toast UI Editor itself draws is not ours to change.
  const axe = await new AxeBuilder({ page }).exclude(".toastui-editor-defaultUI").analyze();
  const serious = axe.violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join("\n")}`);
  expect(serious, `axe on ${page.url()}`).toEqual([]);
}
