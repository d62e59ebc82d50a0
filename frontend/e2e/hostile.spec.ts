import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "@playwright/test";
import { python, rendered } from "./python";

const TEXTS = JSON.parse(
  readFileSync(
    fileURLToPath(new URL("../../project/tests/text/hostile.json", import.meta.url)),
    "utf8",
  ),
) as string[];

const PUBLISH = `
from project.models import Project
from project.text import RENDERER_VERSION
from user.models import User
author = User.objects.get(email="demo@sidepro.dev")
project = Project.objects.create(author=author, title="hostile", content="x")
html = {"content_html": json.load(sys.stdin), "renderer_version": RENDERER_VERSION}
Project.objects.filter(pk=project.pk).update(**html)
print(project.pk)
`;
const REMOVE =
  "from project.models import Project\nProject.objects.filter(title='hostile').delete()";

test.skip(({ isMobile }) => isMobile, "the same on a phone");

for (const bypassCSP of [true, false]) {
  test.describe(bypassCSP ? "without a policy" : "with the policy", () => {
    test.use({ bypassCSP });
    test.afterEach(() => python(REMOVE));

    test("hostile texts run nothing, ask for nothing and stay in their place", async ({
      page,
      baseURL,
    }) => {
      const boxes = rendered(TEXTS).map((html) => `<div class="box">${html}</div>`);
      const id = python<number>(PUBLISH, boxes.join("\n"));
      const seen: string[] = [];
      page.on("dialog", (dialog) => {
        seen.push(`dialog ${dialog.message()}`);
        void dialog.dismiss();
      });
      page.on("popup", (popup) => seen.push(`popup ${popup.url()}`));
      // Pictures of other sites are what a README holds.
      page.on("request", (request) => {
        const isForeign = !request.url().startsWith(`${baseURL}/`);
        if (isForeign && request.resourceType() !== "image") seen.push(request.url());
      });
      page.on("pageerror", (error) => seen.push(String(error)));
      await page.goto(`/projects/${id}`);
      await expect(page.locator("#root .box")).toHaveCount(TEXTS.length);
      const wrong = () =>
        page.locator("#root .box").evaluateAll((all) => {
          const found: string[] = [];
          const stay = (event: Event) => event.preventDefault();
          for (const box of all) {
            const place = box.getBoundingClientRect();
            box.addEventListener("click", stay);
            for (const part of box.querySelectorAll<HTMLElement>("*")) {
              for (const name of ["mouseover", "focus", "click", "toggle", "load", "error"]) {
                part.dispatchEvent(new Event(name, { bubbles: true, cancelable: true }));
              }
              const { position, zIndex } = getComputedStyle(part);
              if (position !== "static" || zIndex !== "auto") found.push(part.outerHTML);
              const { left, right } = part.getBoundingClientRect();
              const isOut = left < place.left - 1 || right > place.right + 1;
              if (isOut && !part.closest("pre, table")) found.push(part.outerHTML);
              if (part instanceof HTMLAnchorElement && part.hasAttribute("href")) {
                if (!["http:", "https:", "mailto:"].includes(part.protocol)) found.push(part.href);
              }
            }
          }
          return found;
        });
      // The scripts may be putting the text in place of the server's while it is looked at.
      await expect.poll(wrong).toEqual([]);
      await page.waitForTimeout(1000);
      expect(seen).toEqual([]);
      await expect(page).toHaveURL(`/projects/${id}`);
    });
  });
}
