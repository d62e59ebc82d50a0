"""Whatever ends `make run`, nothing that it started stays."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent

# Starts a child with a grandchild, says who they are, and waits.
PARENT = """
import sys
from pathlib import Path
from _utils.processes import ended_with_us, start
CHILD = '''
import os, subprocess, sys, time
{stubborn}
grandchild = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
print(os.getpid(), grandchild.pid, flush=True)
time.sleep(60)
'''
try:
    with ended_with_us():
        process = start(sys.executable, "-c", CHILD, cwd=Path.cwd())
        {then}
except KeyboardInterrupt:
    print("interrupted")
"""


def alive(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return False
    return state != "Z"


def run(then: str, stubborn: str = "") -> tuple["subprocess.Popen[str]", list[int]]:
    parent = subprocess.Popen(
        [sys.executable, "-c", PARENT.format(then=then, stubborn=stubborn)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert parent.stdout
    return parent, [int(pid) for pid in parent.stdout.readline().split()]


def gone(pids: list[int]) -> bool:
    deadline = time.monotonic() + 5
    while any(map(alive, pids)) and time.monotonic() < deadline:
        time.sleep(0.02)
    return not any(map(alive, pids))


@pytest.mark.parametrize("ending", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_signal_to_the_parent_ends_children_and_grandchildren(ending: signal.Signals) -> None:
    parent, pids = run("process.wait()")
    assert len(pids) == 2
    os.kill(parent.pid, ending)
    out, _ = parent.communicate(timeout=10)
    assert out == "interrupted\n"
    assert parent.returncode == 0
    assert gone(pids)


def test_error_in_the_parent_ends_children_too() -> None:
    parent, pids = run('import time; time.sleep(1); sys.exit("no")')
    parent.communicate(timeout=10)
    assert parent.returncode == 1
    assert gone(pids)


def test_child_that_ignores_the_signal_is_killed() -> None:
    ignore = "import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN)"
    quick = "import _utils.processes as p; p.STOP_SECONDS = 0.3; process.wait()"
    parent, pids = run(quick, stubborn=ignore)
    time.sleep(0.3)  # until the parent waits
    os.kill(parent.pid, signal.SIGTERM)
    parent.communicate(timeout=10)
    assert gone(pids)
