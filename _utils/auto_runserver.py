"""Sets SidePro up and runs it: `make run`, or `python _utils/auto_runserver.py` on any system.

Needs Python 3.11 or newer and nothing else. PORT (8000) is read from the environment. What it
makes goes to `.venv/` and `var/`, and what npm makes to `frontend/`.
"""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from _utils.environment import PYTHON, ROOT, build_front_end, set_up  # isort: skip
from _utils.processes import ended_with_us, start  # isort: skip

import os
import socket
import time

HOST = "127.0.0.1"


def main() -> int:
    """Run until a signal comes or the server ends."""
    port = read_port()
    try:
        with ended_with_us():
            set_up()
            build_front_end()
            return serve(port)
    except KeyboardInterrupt:
        return 0


def read_port() -> int:
    """The free port that PORT names."""
    wanted = os.environ.get("PORT") or "8000"
    if not wanted.isdecimal() or not 0 < int(wanted) < 65536:
        sys.exit(f"PORT must be a number from 1 to 65535, not {wanted!r}.")
    port = int(wanted)
    with socket.socket() as probe:
        if os.name == "posix":  # elsewhere the option would let a taken port look free
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError as error:
            sys.exit(
                f"Port {port} cannot be used ({error.strerror}). Choose another: make run PORT=8001"
            )
    return port


def serve(port: int) -> int:
    """Start the site and, as soon as it answers, the jobs alongside it."""
    env = {"FRONTEND_URL": f"http://localhost:{port}", **os.environ}
    server = start(PYTHON, "manage.py", "serve", str(port), cwd=ROOT, env=env)
    while server.poll() is None and not answers(port):
        time.sleep(0.1)
    if server.poll() is None:
        start(PYTHON, "manage.py", "run_cronjobs", cwd=ROOT, env=env)
    return server.wait()


def answers(port: int) -> bool:
    """Whether something listens on the port."""
    with socket.socket() as probe:
        probe.settimeout(0.5)
        return probe.connect_ex((HOST, port)) == 0


if __name__ == "__main__":
    sys.exit(main())
