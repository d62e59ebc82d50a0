import { describe, expect, it } from "vitest";
import { colour } from "./highlight";
import { parseMarkdown } from "./parseMarkdown";
import { sanitise } from "./sanitise";

const renderMarkdown = (source: string) => sanitise(parseMarkdown(source));

describe("renderMarkdown", () => {
  it.each([
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "[x](javascript:alert(1))",
    "<a href='java\tscript:alert(1)'>x</a>",
    "<a href='data:text/html,<script>alert(1)</script>'>x</a>",
    "<svg><animate onbegin=alert(1)></svg>",
    "<iframe src=//evil.example></iframe>",
    "<style>*{display:none}</style>",
    "<p style='position:fixed'>x</p>",
    "<form action=/><input name=password></form>",
    "<math><mtext><table><mglyph><style><img src onerror=alert(1)>",
  ])("leaves nothing that runs or hides in %s", (source) => {
    const html = renderMarkdown(source);
    expect(html).not.toMatch(
      /script:|onerror=\S|<script|<iframe|<style|<form|<svg|position:|data:/i,
    );
  });

  it.each([
    ["## A\n### B\n## C", ["h2", "h3", "h2"]],
    ["### A\n# B\n#### C\n#### D", ["h2", "h2", "h3", "h3"]],
  ])("skips no level of headings in %j", (source, levels) => {
    const found = [...renderMarkdown(source).matchAll(/<(h\d)>/g)].map((match) => match[1]);
    expect(found).toEqual(levels);
  });

  it("keeps what Markdown is for", () => {
    const html = renderMarkdown("# Title\n\n- [x] done\n\n| a |\n|---|\n| **b** |\n\n`code`");
    expect(html).toContain("<h2>Title</h2>");
    expect(html).toMatch(/<input[^>]*disabled/);
    expect(html).toContain("<strong>b</strong>");
    expect(html).toContain("<code>code</code>");
  });

  it("opens other sites in a tab of their own that knows nothing of this one", () => {
    const html = renderMarkdown("[x](https://example.com)");
    expect(html).toContain('target="_blank"');
    expect(html).toContain("noopener");
    expect(html).toContain("nofollow");
  });
});

describe("colour", () => {
  async function coloured(source: string, unwanted = new AbortController().signal) {
    const text = document.createElement("div");
    text.innerHTML = renderMarkdown(source);
    await colour(text.querySelectorAll("code"), unwanted);
    return text;
  }

  it.each(["python", "py", "TypeScript", "tsx title=a", "c++", "html"])(
    "colours code in %s and keeps its text",
    async (language) => {
      const text = await coloured(`\`\`\`${language}\n<a href="x"> return "x"\n\`\`\``);
      expect(text.innerHTML).toContain("hljs-");
      expect(text.textContent.trim()).toBe('<a href="x"> return "x"');
    },
  );

  it.each(["nosuch", "constructor", "__proto__", ""])(
    "shows code in %j as it is",
    async (language) => {
      const text = await coloured(`\`\`\`${language}\n<b>\n\`\`\``);
      expect(text.innerHTML).toContain("&lt;b&gt;");
      expect(text.innerHTML).not.toContain("hljs-");
    },
  );

  it("leaves code alone that is no longer shown", async () => {
    const text = await coloured("```py\nreturn 1\n```", AbortSignal.abort());
    expect(text.innerHTML).not.toContain("hljs-");
  });
});
