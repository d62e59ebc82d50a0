"""Deletes compiled Python files and the apps' migrations, after asking.

For a programmer who starts the tables again: `python _utils/auto_clean_pyc_migrate.py`, then
`manage.py makemigrations`. Only looks inside this project; `.venv`, `node_modules` and everything
else that was installed or generated stays. `--pyc` leaves migrations alone, `--yes` does not ask.
"""

import argparse
import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
INSTALLED = {"node_modules", "site-packages", "dist-packages", "var", "dist"}


def own_folders(root: Path) -> Iterator[Path]:
    """The project's folders, without hidden ones, environments, links and what was installed."""
    for entry in sorted(os.scandir(root), key=lambda entry: entry.name):
        path = Path(entry.path)
        if (
            entry.is_dir(follow_symlinks=False)
            and not entry.name.startswith(".")
            and entry.name not in INSTALLED
            and not (path / "pyvenv.cfg").exists()
        ):
            yield path
            yield from own_folders(path)


def compiled(root: Path) -> list[Path]:
    """`__pycache__` folders, and `.pyc` files that lie outside of them."""
    found: list[Path] = []
    for folder in [root, *own_folders(root)]:
        if folder.name == "__pycache__":
            found.append(folder)
        else:
            found += sorted(folder.glob("*.pyc"))
    return found


def migrations(root: Path) -> list[Path]:
    """The migrations of the project's apps, without the packages' `__init__.py`."""
    return [
        file
        for folder in own_folders(root)
        if folder.name == "migrations" and (folder.parent / "apps.py").exists()
        for file in sorted(folder.glob("*.py"))
        if file.name != "__init__.py"
    ]


def main(arguments: list[str] | None = None, root: Path = ROOT) -> int:
    """List, ask, delete."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--pyc", action="store_true", help="leave migrations alone")
    parser.add_argument("--yes", action="store_true", help="do not ask")
    options = parser.parse_args(arguments)
    found = compiled(root) + ([] if options.pyc else migrations(root))
    if not found:
        print("There is nothing to delete.")
        return 0
    for path in found:
        print(f"  {path.relative_to(root)}")
    if not options.yes and not confirmed(f"Delete these {len(found)}? [y/N] "):
        print("Nothing was deleted.")
        return 1
    for path in found:
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink()
    print(f"{len(found)} deleted.")
    return 0


def confirmed(question: str) -> bool:
    """Whether the person at the terminal said yes; without a terminal it is a no."""
    try:
        return input(question).strip().lower() in {"y", "yes"}
    except EOFError:
        return False


if __name__ == "__main__":
    sys.exit(main())
