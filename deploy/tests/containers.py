"""The real compose file's containers, and people who use the site through Nginx only.

Needs podman (and iptables) or docker. Where no image can be pulled, CONTAINER_IMAGES names a
program that makes stand-ins for the base images (and CONTAINERS_CONF what that program says).
"""

import os
import secrets
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx

ROOT = Path(__file__).resolve().parent.parent.parent
WORK = ROOT / "var" / "compose-test"
PORT = int(os.environ.get("COMPOSE_TEST_PORT", "18080"))
SITE = f"http://localhost:{PORT}"
CLOCK = WORK / "sidepro" / "clock"
LABEL = "com.docker.compose.project=sidepro"
ENGINE = os.environ.get("ENGINE") or ("podman" if shutil.which("podman") else "docker")
FILES = ("-f", "docker-compose.yaml", "-f", "deploy/tests/compose.override.yaml")
ENV = f"""SERVER_NAME=localhost
ALLOWED_HOSTS=localhost
FRONTEND_URL={SITE}
SECRET_KEY={secrets.token_urlsafe(64)}
DATABASE_URL=postgres://sidepro:trial@db:5432/sidepro
POSTGRES_PASSWORD=trial
REDIS_PASSWORD={secrets.token_hex(8)}
HTTP_PORT={PORT}
HTTPS_PORT={PORT + 1}
SECURE_SSL_REDIRECT=off
SECURE_HSTS_SECONDS=0
COOKIES_SECURE=off
EMAIL_BACKEND=django.core.mail.backends.dummy.EmailBackend
AWS_STORAGE_BUCKET_NAME=uploads
AWS_S3_ENDPOINT_URL=http://s3:5000
AWS_ACCESS_KEY_ID=trial
AWS_SECRET_ACCESS_KEY=trial
THROTTLE_SEARCH=60/min
"""
# Said by the S3-compatible server's own container.
S3 = "import boto3; s3 = boto3.client('s3', endpoint_url='http://127.0.0.1:5000',"
S3 += " region_name='us-east-1', aws_access_key_id='a', aws_secret_access_key='a');"
MAKE_BUCKET = f"{S3} s3.create_bucket(Bucket='uploads')"
LIST_BUCKET = f"{S3} print(s3.list_objects_v2(Bucket='uploads')['KeyCount'])"


def say(text: str) -> None:
    """Tell the person at the terminal."""
    print(f"· {text}", flush=True)


def run(*command: str, timeout: float = 1500) -> str:
    """Run in the test's copy of the project and return what it printed."""
    done = subprocess.run(
        command, cwd=WORK / "sidepro", check=False, capture_output=True, text=True, timeout=timeout
    )
    if done.returncode:
        sys.exit(f"{' '.join(command)}\n{done.stdout[-3000:]}\n{done.stderr[-3000:]}")
    return done.stdout


def compose(*arguments: str) -> str:
    """docker compose, or podman-compose from PyPI with what its builds need."""
    if ENGINE == "docker":
        return run("docker", "compose", *FILES, "--profile", "db", *arguments)
    program = WORK / "venv" / "bin" / "podman-compose"
    build = "--podman-build-args=--isolation=chroot --network=host --pull=never --format=docker"
    return run(str(program), build, *FILES, "--profile", "db", *arguments)


def containers(service: str) -> list[str]:
    """The names of a service's replicas."""
    names = run(ENGINE, "ps", "--format", "{{.Names}}").split()
    return sorted(name for name in names if f"sidepro_{service}_" in name.replace("-", "_"))


def in_s3(code: str) -> str:
    """Run Python alongside the S3-compatible server."""
    return run(ENGINE, "exec", *containers("s3"), "/opt/venv/bin/python", "-c", code)


def until(what: str, seconds: float, found: Callable[[], Any]) -> Any:
    """Ask again and again until there is an answer."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            if answer := found():
                return answer
        except httpx.HTTPError:
            pass
        time.sleep(0.5)
    sys.exit(f"{what}: not within {seconds:.0f} s")


def start() -> None:
    """A copy of what is committed, built and started."""
    shutil.rmtree(WORK / "sidepro", ignore_errors=True)
    (WORK / "sidepro").mkdir(parents=True)
    archive = subprocess.run(["git", "archive", "HEAD"], cwd=ROOT, check=True, capture_output=True)
    subprocess.run(["tar", "-x"], cwd=WORK / "sidepro", input=archive.stdout, check=True)
    (WORK / "sidepro" / ".env").write_text(ENV)
    CLOCK.mkdir()
    CLOCK.chmod(0o777)  # the S3-compatible server puts the library there
    if tool := os.environ.get("CONTAINER_IMAGES"):
        say("making stand-ins for the base images")
        run(tool)
    if ENGINE == "podman" and not (WORK / "venv" / "bin" / "podman-compose").exists():
        run(sys.executable, "-m", "venv", str(WORK / "venv"))
        run(str(WORK / "venv" / "bin" / "pip"), "install", "-qq", "podman-compose")
    say("building the images")
    # The servers and the migrations share web's image.
    compose("build", "web", "cron", "nginx", "s3")
    remove()
    up()


def up() -> None:
    """Everything, until the site is ready."""
    compose("up", "-d")
    time.sleep(5)
    in_s3(MAKE_BUCKET)
    migrate = run(ENGINE, "ps", "-a", "--format", "{{.Names}}", "--filter", "name=migrate").split()
    assert run(ENGINE, "wait", *migrate).strip() == "0", "the migrations failed"
    until("/readyz", 180, lambda: httpx.get(f"{SITE}/readyz").status_code == 200)
    say(f"running: {len(containers('web'))} web, {len(containers('asgi'))} asgi")


def settings(**values: str) -> dict[str, str]:
    """What .env says, with these values from now on; an empty one takes a setting away."""
    path = WORK / "sidepro" / ".env"
    known = dict(line.split("=", 1) for line in path.read_text().splitlines()) | values
    path.write_text("".join(f"{name}={value}\n" for name, value in known.items() if value))
    return known


def recreate(*services: str) -> None:
    """New containers in place of all replicas of these services, with what .env says now."""
    for service in services:
        for name in containers(service):  # podman-compose knows no more than it started itself
            run(ENGINE, "rm", "-f", "-t", "35", name)
        compose("up", "-d", "--no-deps", service)  # one by one: a volume lasts while it is used
    until("/readyz", 120, lambda: httpx.get(f"{SITE}/readyz").status_code == 200)


def down() -> None:
    """No container is left, also of an earlier run; volumes on a disk stay."""
    if names := run(ENGINE, "ps", "-aq", "--filter", f"label={LABEL}").split():
        run(ENGINE, "rm", "-f", "-t", "5", *names)


def remove() -> None:
    """Stop and forget everything, also what an earlier run left."""
    down()
    compose("down", "--volumes")


class Person(httpx.Client):
    """A user with an account, logged in."""

    def __init__(self, name: str, skills: list[str]) -> None:
        super().__init__(base_url=f"{SITE}/api/v1/", timeout=40, headers={"X-Client": "native"})
        self.name = f"{name}{secrets.token_hex(4)}"
        self.account = {
            "email": f"{self.name}@example.com",
            "password": secrets.token_urlsafe(12),
        }
        answer = self.post("auth/register/", json={**self.account, "username": self.name})
        assert answer.status_code == 201, answer.text
        self.log_in()
        profile = {"profile": {"skills": skills}}
        self.patch("users/me/", json=profile).raise_for_status()

    def log_in(self) -> None:
        """Get an access token, which is good for ten minutes."""
        answer = self.post("auth/token/", json=self.account).raise_for_status()
        self._keep(answer.json())

    def refresh(self) -> None:
        """Exchange the refresh token, as the page does when the access token is about to end."""
        answer = self.post("auth/token/refresh/", json={"refresh": self.refresh_token})
        self._keep(answer.raise_for_status().json())

    def _keep(self, tokens: dict[str, str]) -> None:
        self.token, self.refresh_token = tokens["access"], tokens["refresh"]
        self.headers["Authorization"] = f"Bearer {self.token}"
