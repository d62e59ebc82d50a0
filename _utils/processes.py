"""Child processes that always end with their parent: after Ctrl-C, SIGTERM or an error."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

STOP_SECONDS = 8
_running: list["subprocess.Popen[bytes]"] = []


def start(
    *command: str | Path, cwd: Path, env: dict[str, str] | None = None
) -> "subprocess.Popen[bytes]":
    """Start a command in a process group of its own, so that its own children can be ended too."""
    arguments = [str(part) for part in command]
    if sys.platform == "win32":
        process = subprocess.Popen(
            arguments,
            cwd=cwd,
            env=env,
            stdin=subprocess.DEVNULL,
            creationflags=subprocess.CREATE_NEW_PROCESS_GROUP,
        )
    else:
        process = subprocess.Popen(
            arguments, cwd=cwd, env=env, stdin=subprocess.DEVNULL, process_group=0
        )
    _running.append(process)
    return process


def call(*command: str | Path, cwd: Path) -> None:
    """Run a command to its end; when it fails, exit with a sentence instead of a traceback."""
    try:
        process = start(*command, cwd=cwd)
    except FileNotFoundError:
        sys.exit(f"{command[0]} was not found.")
    code = process.wait()
    _running.remove(process)
    if code:
        sys.exit(f"`{' '.join(map(str, command))}` failed (exit code {code}).")


@contextmanager
def ended_with_us() -> Iterator[None]:
    """Whatever ends this block ends what `start` started; each signal is a KeyboardInterrupt."""
    for name in ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), signal.default_int_handler)
    try:
        yield
    finally:
        for name in ("SIGINT", "SIGTERM"):
            signal.signal(getattr(signal, name), signal.SIG_IGN)
        _stop_all()


def _stop_all() -> None:
    for process in _running:
        _ask_to_end(process)
    deadline = time.monotonic() + STOP_SECONDS
    for process in _running:
        with suppress(subprocess.TimeoutExpired):
            process.wait(max(0.1, deadline - time.monotonic()))
        _kill(process)
        process.wait()


def _ask_to_end(process: "subprocess.Popen[bytes]") -> None:
    with suppress(ProcessLookupError, PermissionError):
        if sys.platform == "win32":
            process.send_signal(signal.CTRL_BREAK_EVENT)
        else:
            os.killpg(process.pid, signal.SIGTERM)


def _kill(process: "subprocess.Popen[bytes]") -> None:
    with suppress(ProcessLookupError, PermissionError):
        if sys.platform == "win32":
            process.kill()
        else:
            os.killpg(process.pid, signal.SIGKILL)
