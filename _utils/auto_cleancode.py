"""Formats the code and mends what can be mended: `make format`."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from _utils.environment import BIN, FRONTEND, ROOT, install_front_end, set_up  # isort: skip
from _utils.processes import call, ended_with_us  # isort: skip


def main() -> None:
    """Python by ruff, the front end by its own formatter."""
    set_up(dev=True)
    call(BIN / "ruff", "check", "--fix", "--exit-zero", ".", cwd=ROOT)
    call(BIN / "ruff", "format", ".", cwd=ROOT)
    if (FRONTEND / "package.json").exists():
        call(install_front_end(), "run", "format", "--if-present", cwd=FRONTEND)


if __name__ == "__main__":
    with ended_with_us():
        main()
