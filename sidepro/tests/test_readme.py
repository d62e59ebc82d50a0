"""The README lists the environment that the settings read, no more and no less."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent


def test_readme_lists_every_variable_of_the_settings() -> None:
    settings = (ROOT / "sidepro" / "settings.py").read_text("utf-8")
    readme = (ROOT / "README.md").read_text("utf-8").partition("## Environment")[2]
    read = set(re.findall(r'\benv\.\w+\(\s*"([A-Z_0-9]+)"', settings))
    rows = [line.split("|")[1] for line in readme.splitlines() if line.startswith("| `")]
    listed = {name for row in rows for name in re.findall(r"`([A-Z_0-9]+)`", row)}
    assert listed == read
