"""The operator's page lists the whole environment, no more and no less."""

import re
import runpy
from pathlib import Path

from sidepro import environment

ROOT = Path(__file__).resolve().parents[3]


def test_page_lists_every_variable_that_a_program_or_the_compose_file_reads(monkeypatch, tmp_path):
    monkeypatch.setenv("PROMETHEUS_MULTIPROC_DIR", str(tmp_path))
    environment.known.clear()
    runpy.run_path(str(ROOT / "sidepro" / "settings.py"))
    runpy.run_path(str(ROOT / "gunicorn.conf.py"))
    compose = (ROOT / "docker-compose.yaml").read_text("utf-8")
    interpolated = set(re.findall(r"(?<!\$)\$\{([A-Z_0-9]+)", compose))

    page = (ROOT / "deploy" / "README.md").read_text("utf-8").partition("## Environment")[2]
    rows = [line.split("|")[1] for line in page.splitlines() if line.startswith("| `")]
    listed = [name for row in rows for name in re.findall(r"`([A-Z_0-9]+)`", row)]
    assert sorted(listed) == sorted(environment.known | interpolated)
