"""Who may import whom: apps know only the floors below their own. And where a thing is found."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
# From the ground up; apps of one floor do not know each other. `sidepro` wires them together.
FLOORS = [
    {"user"},
    {"moderation"},
    {"notification"},
    {"project"},
    {"ai", "chat"},
    {"sidepro"},
]
APPS = set().union(*FLOORS)
MAY_IMPORT = {
    app: set[str]().union(*FLOORS[:number]) for number, floor in enumerate(FLOORS) for app in floor
}


def imports(source: str) -> Iterator[tuple[int, str]]:
    """Line and first name of every absolute import, also of those inside functions."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield node.lineno, alias.name.split(".")[0]
        elif isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
            yield node.lineno, node.module.split(".")[0]


def forbidden(app: str, source: str) -> list[tuple[int, str]]:
    """The imports of other apps that this app may not make."""
    others = APPS - {app} - MAY_IMPORT[app]
    return [(line, name) for line, name in imports(source) if name in others]


@pytest.mark.parametrize("app", sorted(APPS))
def test_app_imports_only_what_it_may(app: str) -> None:
    wrong = [
        f"{file.relative_to(ROOT)}:{line} imports {name}"
        for file in sorted((ROOT / app).rglob("*.py"))
        if "tests" not in file.parts  # a test may look at the neighbours
        for line, name in forbidden(app, file.read_text("utf-8"))
    ]
    assert not wrong


def test_every_app_has_its_floor() -> None:
    assert {file.parent.name for file in ROOT.glob("*/apps.py")} <= APPS


def test_guard_sees_every_kind_of_import() -> None:
    source = (
        "import chat.models\nfrom project import models\ndef f():\n    from ai.cron import run\n"
    )
    assert forbidden("user", source) == [(1, "chat"), (2, "project"), (4, "ai")]
    assert forbidden("ai", "from project.models import Project\nfrom .cron import run\n") == []
    assert forbidden("chat", "import ai\nimport notification\nimport moderation\n") == [(1, "ai")]


def packages() -> Iterator[Path]:
    """The folders of Python code, without tests, migrations and commands, which need no map."""
    for app in (*sorted(APPS), "_utils", "bench"):
        for file in sorted((ROOT / app).rglob("__init__.py")):
            if not {"tests", "migrations", "management"} & set(file.parts):
                yield file.parent


@pytest.mark.parametrize("package", packages(), ids=lambda path: str(path.relative_to(ROOT)))
def test_the_map_of_a_package_names_every_module(package: Path) -> None:
    described = ast.get_docstring(ast.parse((package / "__init__.py").read_text("utf-8"))) or ""
    modules = {file.stem for file in package.glob("*.py")} - {"__init__"}
    missing = [name for name in sorted(modules) if not re.search(rf"\b{name}\b", described)]
    assert not missing
