"""The Compose file becomes one that `docker stack deploy` takes."""

import subprocess
import sys
from typing import Any

import pytest
import yaml

from _utils import stack_file

# Keys of a service in Compose file format 3.8, the last that stacks know, as far as they matter.
STACK_KEYS = {
    *("command", "configs", "deploy", "entrypoint", "env_file", "environment", "healthcheck"),
    *("image", "init", "labels", "logging", "networks", "ports", "secrets", "stop_grace_period"),
    *("stop_signal", "user", "volumes", "cap_add", "cap_drop", "read_only", "tmpfs"),
}


@pytest.fixture(scope="module")
def stack() -> Any:
    """What the command prints."""
    output = subprocess.check_output([sys.executable, stack_file.__file__], text=True)
    return yaml.safe_load(output)


def test_has_the_services_of_no_profile(stack):
    assert set(stack["services"]) == {"nginx", "web", "asgi", "cron", "migrate", "redis"}
    assert set(stack["volumes"]) == {"var", "certificates", "challenges"}


def test_uses_only_what_stacks_know(stack):
    assert stack.keys() == {"version", "services", "networks", "volumes"}
    for service in stack["services"].values():
        assert service.keys() <= STACK_KEYS


@pytest.mark.parametrize("name", ["web", "asgi", "cron"])
def test_servers_and_jobs_wait_for_the_migrations(stack, name):
    compose = yaml.safe_load(stack_file.COMPOSE_FILE.read_text("utf-8"))
    command = stack["services"][name]["command"]
    own = compose["services"][name]["command"]
    assert "migrate --check" in command[2]
    assert command[-len(own) :] == own


def test_the_waiting_shell_becomes_the_server(stack, tmp_path):
    tries = tmp_path / "tries"
    python = tmp_path / "python"
    python.write_text(f'#!/bin/sh\necho "$@" >> {tries}\ntest $(wc -l < {tries}) -ge 2\n')
    python.chmod(0o755)
    script, name = (word.replace("$$", "$") for word in stack["services"]["web"]["command"][2:4])
    output = subprocess.check_output(
        ["sh", "-c", script, name, "echo", "the server", "starts"],
        env={"PATH": f"{tmp_path}:/usr/bin:/bin"},
        text=True,
    )
    assert output == "the server starts\n"
    assert tries.read_text() == "manage.py migrate --check\n" * 2
