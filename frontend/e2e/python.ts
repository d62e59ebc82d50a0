import { execFileSync } from "node:child_process";
import { join } from "node:path";

const root = join(import.meta.dirname, "../..");

/** Runs Python in the site that is tested, gives it `input` as JSON, and reads the JSON it prints. */
export function python<Answer>(code: string, input: unknown = null): Answer {
  const answer = execFileSync(
    process.env.PYTHON ?? ".venv/bin/python",
    ["manage.py", "shell", "--no-imports", "-c", `import json, sys\n${code}`],
    {
      cwd: root,
      env: { ...process.env, VAR_DIR: process.env.E2E_VAR_DIR ?? join(root, "var/e2e") },
      input: JSON.stringify(input),
      maxBuffer: 2 ** 28,
    },
  );
  const text = answer.toString();
  return (text ? JSON.parse(text) : null) as Answer;
}

/** Markdown texts as the HTML that would be published. */
export function rendered(markdown: string[]): string[] {
  return python(
    "from project.text.markdown import render_markdown\n" +
      "print(json.dumps([render_markdown(text) for text in json.load(sys.stdin)]))",
    markdown,
  );
}
