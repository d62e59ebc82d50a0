"""`deploy/deploy`, with a Docker that only pretends (fake_docker.py)."""

import json
import os
import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
from django.conf import settings

RUNNING = {
    "c1": ["web", "v1"],
    "c2": ["web", "v1"],
    "c3": ["asgi", "v1"],
    "c4": ["asgi", "v1"],
}


@pytest.fixture
def machine(tmp_path):
    """A machine with two replicas each of v1; `machine(tag)` deploys and tells how it went."""
    if os.name == "nt":
        pytest.skip("deploys are made from and to machines with a bash")
    shutil.copy(settings.BASE_DIR / "deploy" / "deploy", tmp_path / "deploy")
    (tmp_path / ".env").write_text("SERVER_NAME=sidepro.example\nTAG=v1\n")
    fake = Path(__file__).with_name("fake_docker.py")
    programs = tmp_path / "bin"
    programs.mkdir()
    for name, line in {"docker": f'exec {sys.executable} {fake} "$@"', "sleep": ":"}.items():
        (programs / name).write_text(f"#!/bin/sh\n{line}\n")
        (programs / name).chmod(0o755)
    state = tmp_path / "state.json"

    def deploy(tag, containers=RUNNING):
        state.write_text(json.dumps({"containers": containers, "last": 4, "fewest": {}}))
        done = subprocess.run(
            ["./deploy", tag],
            cwd=tmp_path,
            env={"PATH": f"{programs}:{os.environ['PATH']}"},
            check=False,
            capture_output=True,
            text=True,
        )
        after = json.loads(state.read_text())
        running = Counter(
            f"{kind} {tag}" for kind, tag in after["containers"].values() if kind in {"web", "asgi"}
        )
        return done, dict(running), after["fewest"], (tmp_path / ".env").read_text()

    return deploy


def test_new_replicas_take_over_from_the_old_ones_one_service_after_the_other(machine):
    done, running, fewest, env = machine("v2")
    assert done.returncode == 0, done.stderr
    assert running == {"web v2": 2, "asgi v2": 2}
    assert fewest == {"web": 2, "asgi": 2}
    assert env == "SERVER_NAME=sidepro.example\nTAG=v2\n"


@pytest.mark.parametrize("tag", ["sick", "faulty", "stuck"])
def test_a_tag_that_is_not_well_leaves_the_one_before_in_service_all_the_time(machine, tag):
    done, running, fewest, env = machine(tag)
    assert done.returncode == 1
    assert running == {"web v1": 2, "asgi v1": 2}
    assert min(fewest.values()) == 2
    assert env.endswith("TAG=v1\n")


def test_the_first_deploy_finds_nothing_running(machine):
    done, running, _, _ = machine("v2", {})
    assert done.returncode == 0, done.stderr
    assert running == {"web v2": 1, "asgi v2": 1}
