import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../..", import.meta.url));

/** Runs Python with Django set up, on the database of the site under test; what it prints. */
export function python(code: string, env: Record<string, string> = {}): string {
  const command = process.env.PYTHON ?? ".venv/bin/python";
  return execFileSync(command, ["manage.py", "shell", "-v0", "-c", code], {
    cwd: root,
    encoding: "utf8",
    env: { ...process.env, VAR_DIR: process.env.E2E_VAR_DIR ?? `${root}var/e2e`, ...env },
  });
}
