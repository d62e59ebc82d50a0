"""The cleaner lists, asks, and never leaves the project."""

from pathlib import Path

import pytest

from _utils.auto_clean_pyc_migrate import main


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A small project with everything that must go and everything that must stay."""
    for name in (
        "app/apps.py",
        "app/__pycache__/models.cpython-311.pyc",
        "app/old.pyc",
        "app/migrations/__init__.py",
        "app/migrations/0001_initial.py",
        "app/migrations/__pycache__/0001_initial.cpython-311.pyc",
        "notes/migrations/0001_not_an_app.py",
        ".venv/lib/site-packages/lib/migrations/0001_initial.py",
        ".venv/lib/site-packages/lib/__pycache__/a.pyc",
        "env/pyvenv.cfg",
        "env/lib/apps.py",
        "env/lib/migrations/0001_initial.py",
        "frontend/node_modules/gyp/__pycache__/a.pyc",
    ):
        path = tmp_path / "project" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    outside = tmp_path / "outside" / "__pycache__"
    outside.mkdir(parents=True)
    (outside / "a.pyc").touch()
    (tmp_path / "project" / "link").symlink_to(tmp_path / "outside")
    return tmp_path / "project"


def files(root: Path) -> set[str]:
    return {str(path.relative_to(root)) for path in root.rglob("*") if path.is_file()}


def test_deletes_compiled_files_and_migrations_of_apps_only(project: Path) -> None:
    before = files(project)
    assert main(["--yes"], project) == 0
    assert before - files(project) == {
        "app/__pycache__/models.cpython-311.pyc",
        "app/old.pyc",
        "app/migrations/0001_initial.py",
        "app/migrations/__pycache__/0001_initial.cpython-311.pyc",
    }
    assert (project.parent / "outside" / "__pycache__" / "a.pyc").exists()


def test_leaves_migrations_when_told(project: Path) -> None:
    main(["--yes", "--pyc"], project)
    assert (project / "app/migrations/0001_initial.py").exists()
    assert not (project / "app/old.pyc").exists()


@pytest.mark.parametrize(("answer", "deleted"), [("y", True), ("n", False), ("", False)])
def test_asks_first_and_shows_the_list(
    project: Path,
    answer: str,
    deleted: bool,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr("builtins.input", lambda question: answer)
    main([], project)
    assert (project / "app/old.pyc").exists() is not deleted
    assert "app/migrations/0001_initial.py" in capsys.readouterr().out


def test_without_a_terminal_nothing_is_deleted(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_terminal(question: str) -> str:
        raise EOFError

    monkeypatch.setattr("builtins.input", no_terminal)
    before = files(project)
    assert main([], project) == 1
    assert files(project) == before


def test_says_so_when_nothing_is_there(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([], tmp_path) == 0
    assert "nothing to delete" in capsys.readouterr().out
