"""Runs the real compose file and uses the site through Nginx only: `make compose-test`.

Needs podman (and iptables) or docker. Where no image can be pulled, CONTAINER_IMAGES names a
program that makes stand-ins for the base images (and CONTAINERS_CONF what that program says).
Prints what it saw, and ends with an error at the first thing that is wrong.
"""

import asyncio
import io
import os
import secrets
import shutil
import socket
import ssl
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import httpx
from PIL import Image

from chat.example_client import ChatClient

ROOT = Path(__file__).resolve().parent.parent.parent
WORK = ROOT / "var" / "compose-test"
PORT = int(os.environ.get("COMPOSE_TEST_PORT", "18080"))
SITE = f"http://localhost:{PORT}"
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
    """Run Python beside the S3-compatible server."""
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
    if tool := os.environ.get("CONTAINER_IMAGES"):
        say("making stand-ins for the base images")
        run(tool)
    if ENGINE == "podman" and not (WORK / "venv" / "bin" / "podman-compose").exists():
        run(sys.executable, "-m", "venv", str(WORK / "venv"))
        run(str(WORK / "venv" / "bin" / "pip"), "install", "-qq", "podman-compose")
    say("building the images")
    # The servers and the migrations share web's image.
    compose("build", "web", "cron", "nginx", "s3")
    compose("down", "--volumes")
    compose("up", "-d")
    time.sleep(5)
    in_s3(MAKE_BUCKET)
    migrate = run(ENGINE, "ps", "-a", "--format", "{{.Names}}", "--filter", "name=migrate").split()
    assert run(ENGINE, "wait", *migrate).strip() == "0", "the migrations failed"
    until("/readyz", 180, lambda: httpx.get(f"{SITE}/readyz").status_code == 200)
    say(f"running: {len(containers('web'))} web, {len(containers('asgi'))} asgi")


class Person(httpx.Client):
    """Somebody with an account, signed in."""

    def __init__(self, name: str, skills: list[str]) -> None:
        super().__init__(base_url=f"{SITE}/api/v1/", timeout=40, headers={"X-Client": "native"})
        self.name = f"{name}{secrets.token_hex(4)}"
        account = {"email": f"{self.name}@example.com", "password": secrets.token_urlsafe(12)}
        answer = self.post("auth/register/", json={**account, "username": self.name})
        assert answer.status_code == 201, answer.text
        self.token = self.post("auth/token/", json=account).raise_for_status().json()["access"]
        self.headers["Authorization"] = f"Bearer {self.token}"
        profile = {"profile": {"skills": skills}}
        self.patch("users/me/", json=profile).raise_for_status()


def use() -> tuple[Person, Person, str]:
    """The site, a post with a picture, a search, recommendations; two people and their room."""
    page = httpx.get(f"{SITE}/projects/1")
    assert page.status_code == 200
    assert "SidePro" in page.text
    assert "script-src 'self'" in page.headers["Content-Security-Policy"]
    assert page.headers["X-Frame-Options"] == "DENY"
    assert page.headers["Cache-Control"] == "no-cache"
    script = page.text.split('src="/assets/')[1].split('"')[0]
    assert "immutable" in httpx.get(f"{SITE}/assets/{script}").headers["Cache-Control"]
    assert httpx.get(f"{SITE}/metrics").status_code == 404
    say("the site, its headers, and no metrics")

    mina, jun = Person("mina", ["Python", "Django"]), Person("jun", ["Python", "Django", "Redis"])
    picture = io.BytesIO()
    Image.new("RGB", (640, 360), "navy").save(picture, "PNG")
    files = {"image": ("a.png", picture.getvalue(), "image/png")}
    image = mina.post("images/", files=files, data={"kind": "project"}).raise_for_status().json()
    body = {"title": f"부엉이 {mina.name}", "thumbnail": image["url"], "skills": ["Django"]}
    project = mina.post("projects/", json=body).raise_for_status().json()
    assert int(in_s3(LIST_BUCKET)) == 2
    found = jun.get("projects/", params={"search": mina.name, "skills": "Django"}).json()["results"]
    assert [one["id"] for one in found] == [project["id"]]
    large = jun.post("images/", files={"image": ("b.png", b"0" * 6_000_000, "image/png")})
    assert large.status_code == 413
    assert large.json()["errors"][0]["code"] == "payload_too_large"
    say("a post with a picture in the bucket, found by text and stack; 6 MB refused with 413")

    def similar() -> bool:
        answer = jun.get("recommendations/").json()
        return answer["generated_at"] and "similar_stack" in answer["source"]

    until("recommendations from the cron job's files", 200, similar)
    say("recommendations from the cron job's CSV files")
    room = jun.post("rooms/", json={"partner": mina.name}).raise_for_status().json()["id"]
    return mina, jun, room


def restart(service: str) -> None:
    """One replica after the other: stopped gently, started, and given time to be found."""
    for name in containers(service):
        run(ENGINE, "stop", "-t", "35", name)
        run(ENGINE, "start", name)
        time.sleep(8)


def requests_while_web_restarts(person: Person) -> None:
    """Requests of all kinds from four threads; none may fail."""
    stop, failed, count = threading.Event(), [], [0]

    def ask(number: int) -> None:
        with httpx.Client(timeout=40, headers=person.headers) as client:
            while not stop.is_set():
                try:
                    answer = client.get(f"{SITE}/api/v1/projects/", params={"search": f"x{number}"})
                    if answer.status_code not in {200, 429}:
                        failed.append(f"{answer.status_code} {answer.text[:200]}")
                except httpx.HTTPError as error:
                    failed.append(repr(error))
                count[0] += 1
                time.sleep(0.15)

    threads = [threading.Thread(target=ask, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    restart("web")
    stop.set()
    for thread in threads:
        thread.join()
    assert not failed, f"{len(failed)} of {count[0]} requests failed: {failed[:3]}"
    say(f"web restarted under load: {count[0]} requests, 0 failed")


async def messages_while_asgi_restarts(mina: Person, jun: Person, room: str) -> None:
    """Both talk all the time; nothing acknowledged may be missing, doubled or out of order."""
    clients = [ChatClient(f"ws://localhost:{PORT}", room, person.token) for person in (mina, jun)]
    running = [asyncio.create_task(client.run()) for client in clients]
    restarting = asyncio.create_task(asyncio.to_thread(restart, "asgi"))
    sent = 0
    while not restarting.done():
        for client in clients:
            await client.send(f"message {sent}")
            sent += 1
        await asyncio.sleep(0.1)
    await restarting
    for _ in range(300):
        if all(not client.outbox and len(client.messages) == sent for client in clients):
            break
        await asyncio.sleep(0.1)
    for task in running:
        task.cancel()
    first, second = ([one["client_id"] for one in client.messages] for client in clients)
    assert first == second, "both did not see the same order"
    assert len(set(first)) == len(first) == sent, f"{sent} sent, {len(first)} arrived"
    say(f"asgi restarted under load: {sent} messages, 0 lost, 0 doubled, one order")


def recover(person: Person) -> None:
    """Services go and come back; what depends on them says so meanwhile and needs no restart."""
    picture = io.BytesIO()
    Image.new("RGB", (64, 64), "navy").save(picture, "PNG")

    def board() -> httpx.Response:
        return person.get("projects/", params={"search": secrets.token_hex(4)})

    def upload() -> httpx.Response:
        files = {"image": ("a.png", picture.getvalue(), "image/png")}
        return person.post("images/", files=files, data={"kind": "project"})

    for service, ask, meanwhile in (("redis", board, 200), ("s3", upload, 503), ("db", board, 503)):
        names = containers(service)
        run(ENGINE, "stop", "-t", "10", *names)
        answer = ask()
        assert answer.status_code == meanwhile, f"without {service}: {answer.status_code}"
        if meanwhile == 503:
            assert answer.json()["errors"][0]["code"] == "service_unavailable", answer.text
        run(ENGINE, "start", *names)
        if service == "s3":  # it keeps nothing
            time.sleep(5)
            in_s3(MAKE_BUCKET)
        until(f"{service} is back", 60, partial(succeeds, ask))
        until("/readyz", 60, lambda: httpx.get(f"{SITE}/readyz").status_code == 200)
        say(f"{service} stopped: {meanwhile} meanwhile, and all is well again without a restart")


def succeeds(ask: Callable[[], httpx.Response]) -> bool:
    """Whether a request is answered as it should be."""
    return ask().is_success


def use_tls() -> None:
    """With a certificate in its place, plain HTTP leads to HTTPS, which speaks HTTP/2."""
    folder = WORK / "certificate"
    folder.mkdir(exist_ok=True)
    certificate = folder / "fullchain.pem"
    run(
        "openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1",
        "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost",
        "-keyout", str(folder / "privkey.pem"), "-out", str(certificate),
    )  # fmt: skip
    (folder / "privkey.pem").chmod(0o644)
    volume = run(ENGINE, "volume", "ls", "-q", "--filter", "name=certificates").split()[0]
    run(
        ENGINE, "run", "--rm", "--user", "root", "--network", "none",
        "-v", f"{volume}:/certificates", "-v", f"{folder}:/from:ro", "sidepro:latest",
        "sh", "-c", "mkdir -p /certificates/live && cp -r /from /certificates/live/localhost",
    )  # fmt: skip
    run(ENGINE, "restart", "-t", "35", *containers("nginx"))
    secure = ssl.create_default_context(cafile=str(certificate))
    address = f"https://localhost:{PORT + 1}"
    until("HTTPS", 60, lambda: httpx.get(address, verify=secure).status_code == 200)
    assert "max-age" in httpx.get(address, verify=secure).headers["Strict-Transport-Security"]
    moved = httpx.get(f"{SITE}/projects/1")
    assert (moved.status_code, moved.headers["Location"]) == (308, "https://localhost/projects/1")
    secure.set_alpn_protocols(["h2"])
    with (
        socket.create_connection(("localhost", PORT + 1)) as plain,
        secure.wrap_socket(plain, server_hostname="localhost") as connection,
    ):
        assert connection.selected_alpn_protocol() == "h2"
    say("a certificate: plain HTTP leads to HTTPS, with HTTP/2 and HSTS")


def main() -> None:
    """Everything, and the containers away again, whatever happened."""
    try:
        start()
        mina, jun, room = use()
        requests_while_web_restarts(jun)
        asyncio.run(messages_while_asgi_restarts(mina, jun, room))
        recover(jun)
        use_tls()
        say("all well")
    finally:
        if "--keep" not in sys.argv and (WORK / "sidepro" / "docker-compose.yaml").exists():
            compose("down", "--volumes")


if __name__ == "__main__":
    main()
