"""What `make run` prepares, and what it leaves alone because it is done."""

import ast
import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from _utils import auto_runserver, environment

ROOT = Path(__file__).resolve().parent.parent.parent


@pytest.fixture
def called(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The commands that would have run, in a project of the test's own."""
    commands: list[str] = []
    (tmp_path / "venv").mkdir()
    (tmp_path / "frontend" / "src").mkdir(parents=True)
    monkeypatch.setattr(environment, "VENV", tmp_path / "venv")
    monkeypatch.setattr(environment, "FRONTEND", tmp_path / "frontend")
    monkeypatch.setattr(
        environment, "call", lambda *command, cwd: commands.append(" ".join(map(str, command)))
    )
    return commands


def test_packages_are_installed_once_for_a_lock_file(called: list[str], tmp_path: Path) -> None:
    lock = tmp_path / "requirements.txt"
    lock.write_text("django==5.2.1")
    environment.install(lock)
    environment.install(lock)
    assert len(called) == 1
    assert "--require-hashes" in called[0]
    lock.write_text("django==5.2.2")
    environment.install(lock)
    assert len(called) == 2


def test_front_end_is_built_when_a_source_is_newer(
    called: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "frontend"
    environment.build_front_end()
    assert called == [], "there is no front end yet"
    monkeypatch.setattr("shutil.which", lambda name: f"/bin/{name}")
    for name in ("package.json", "package-lock.json", "src/main.tsx"):
        (folder / name).touch()
    for name in ("dist", "node_modules"):
        (folder / name).mkdir()
    (folder / "dist" / "index.html").touch()
    os.utime(folder / "dist" / "index.html", (1, 1))
    environment.build_front_end()
    assert [command.split()[1] for command in called] == ["ci", "run"]
    environment.build_front_end()
    assert len(called) == 2, "the build is newer than its sources"
    os.utime(folder / "src" / "main.tsx", (4e9, 4e9))
    environment.build_front_end()
    assert [command.split()[1] for command in called[2:]] == ["run"], "the packages are the same"


def test_node_comes_from_pypi_where_the_machine_has_none(
    called: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("shutil.which", lambda name: None if name == "node" else "/bin/npm")
    (tmp_path / "frontend" / "package-lock.json").touch()
    environment.install_front_end()
    assert "requirements-node.txt" in called[0]
    assert called[1].startswith("/bin/npm ci")


@pytest.mark.parametrize("port", ["0", "70000", "http", "-1"])
def test_port_must_be_a_number_that_exists(port: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORT", port)
    with pytest.raises(SystemExit, match="PORT must be"):
        auto_runserver.read_port()


def test_taken_port_is_said_clearly(monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        monkeypatch.setenv("PORT", str(port))
        with pytest.raises(SystemExit, match=f"Port {port} cannot be used"):
            auto_runserver.read_port()


def test_older_python_is_refused_with_a_sentence() -> None:
    code = (
        "import sys; sys.version_info = (3, 8, 10); sys.version = '3.8.10 (default)';"
        "sys.argv = ['_utils/auto_runserver.py'];"
        "import runpy; runpy.run_path('_utils/auto_runserver.py', run_name='__main__')"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert "needs Python 3.11 or newer, and this is Python 3.8.10" in done.stderr
    assert "Traceback" not in done.stderr


def test_scripts_that_run_first_can_be_read_by_an_older_python() -> None:
    for name in ("auto_runserver", "environment"):
        ast.parse((ROOT / "_utils" / f"{name}.py").read_text("utf-8"), feature_version=(3, 7))
