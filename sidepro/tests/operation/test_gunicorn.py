"""A replica that boots: what Gunicorn's settings promise to whatever stands in front of it."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from django.conf import settings

SLOW = """
import time
from pathlib import Path
time.sleep(1)
Path("loaded").touch()
def application(environ, start_response):
    start_response("200 OK", [])
    return [b"ready"]
"""


@pytest.fixture
def port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def booting(tmp_path: Path, port: int) -> Iterator[Path]:
    """The folder of a Gunicorn whose application takes a second to load."""
    (tmp_path / "slow.py").write_text(SLOW)
    server = subprocess.Popen(
        [sys.executable, "-m", "gunicorn", "-c", settings.BASE_DIR / "gunicorn.conf.py", "slow"],
        cwd=tmp_path,
        env=os.environ
        | {"BIND": f"127.0.0.1:{port}", "PYTHONPATH": f"{settings.BASE_DIR}:{tmp_path}"},
    )
    yield tmp_path
    server.terminate()
    server.wait(20)


def test_takes_no_request_before_it_is_ready(booting: Path, port: int) -> None:
    end = time.monotonic() + 60
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
            break
        except OSError:
            assert time.monotonic() < end, "it never listened"
            time.sleep(0.02)
    assert (booting / "loaded").exists(), "it listened while it was loading"
    assert httpx.get(f"http://127.0.0.1:{port}", timeout=10).text == "ready"


def test_answers_when_its_log_cannot_be_written(port: int) -> None:
    with Path("/dev/full").open("w") as full:
        server = subprocess.Popen(
            [sys.executable, "-m", "gunicorn", "sidepro.wsgi"],
            cwd=settings.BASE_DIR,
            env=os.environ | {"BIND": f"127.0.0.1:{port}", "DEBUG": "true"},
            stdout=full,
            stderr=full,
        )
    try:
        transport = httpx.HTTPTransport(retries=8)
        with httpx.Client(base_url=f"http://127.0.0.1:{port}", transport=transport) as client:
            assert {client.get("/api/v1/nothing").status_code for _ in range(50)} == {404}
    finally:
        server.terminate()
        server.wait(20)
