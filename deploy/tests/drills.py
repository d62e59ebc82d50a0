"""Bad days while people use the site: what was asked, what failed, what was lost."""

import asyncio
import os
import secrets
import shutil
import signal
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from typing import Any

import httpx

from chat.example_client import ChatClient
from deploy.tests.containers import (
    ENGINE,
    FILES,
    PORT,
    ROOT,
    SITE,
    WORK,
    Person,
    compose,
    containers,
    recreate,
    run,
    say,
    settings,
    until,
)

REPLICATED = ("web", "asgi")
EVERY = 0.15  # seconds from a request's answer to the next one of the same thread
CLOSED_AT_MOST = 10  # seconds for which a deploy may close Nginx's port


@dataclass
class Answers:
    """How many requests were made, and what went wrong with those that failed."""

    asked: int = 0
    failed: list[str] = field(default_factory=list)


@contextmanager
def requests(person: Person) -> Iterator[Answers]:
    """Four threads read the board all the time; being limited by Nginx (429) is no failure."""
    stop, answers = threading.Event(), Answers()

    def ask() -> None:
        with httpx.Client(timeout=40, headers=person.headers) as client:
            while not stop.is_set():
                try:
                    answer = client.get(f"{SITE}/api/v1/projects/")
                    if answer.status_code not in {200, 429}:
                        answers.failed.append(f"{answer.status_code} {answer.text[:200]}")
                except httpx.HTTPError as error:
                    answers.failed.append(repr(error))
                answers.asked += 1
                time.sleep(EVERY)

    threads = [threading.Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    try:
        yield answers
    finally:
        stop.set()
        for thread in threads:
            thread.join()


async def talk_during(
    people: tuple[Person, Person], room: str, drill: Callable[[], None]
) -> list[dict[str, Any]]:
    """Both talk all the time: what was sent. Nothing may be missing, doubled or out of order."""
    for person in people:
        person.log_in()
    clients = [ChatClient(f"ws://localhost:{PORT}", room, person.token) for person in people]
    running = [asyncio.create_task(client.run()) for client in clients]
    before = await _history(clients)
    drilling = asyncio.create_task(asyncio.to_thread(drill))
    sent = 0
    while not drilling.done():
        for client in clients:
            await client.send(f"message {sent}")
            sent += 1
        await asyncio.sleep(0.1)
    await drilling
    for _ in range(900):
        if all(not one.outbox and len(one.messages) == before + sent for one in clients):
            break
        await asyncio.sleep(0.1)
    for task in running:
        task.cancel()
    first, second = ([one["client_id"] for one in client.messages] for client in clients)
    assert first == second, "both did not see the same order"
    assert len(set(first)) == len(first) == before + sent, f"{sent} sent, {len(first)} arrived"
    return clients[0].messages[before:]


async def _history(clients: list[ChatClient]) -> int:
    """How many messages both have, once no more come."""
    counts, before = [0, 0], [-1, -1]
    while counts != before or counts[0] != counts[1] or not counts[0]:
        await asyncio.sleep(2)
        before, counts = counts, [len(client.messages) for client in clients]
    return counts[0]


def restart(service: str) -> None:
    """One replica after the other: stopped gently, started, and given time to be found."""
    for name in containers(service):
        run(ENGINE, "stop", "-t", "35", name)
        run(ENGINE, "start", name)
        time.sleep(8)


def kill(service: str) -> None:
    """One replica after the other dies at once (kill -9), and is started by its restart policy."""
    for name in containers(service):
        pid = int(run(ENGINE, "inspect", "--format", "{{.State.Pid}}", name))
        os.kill(pid, signal.SIGKILL)
        until(f"{name} is running again", 60, partial(_started, name, pid))
        time.sleep(8)


def _started(name: str, before: int) -> bool:
    """Whether the container has a living process that is another one."""
    state = run(ENGINE, "inspect", "--format", "{{.State.Pid}} {{.State.Running}}", name).split()
    return state[1] == "true" and int(state[0]) not in {0, before}


def scale(replicas: int) -> None:
    """So many replicas of web and asgi."""
    for service in REPLICATED:
        compose("up", "-d", "--no-deps", "--scale", f"{service}={replicas}", service)
        for name in containers(service)[replicas:]:  # podman-compose leaves them
            run(ENGINE, "stop", "-t", "35", name)
            run(ENGINE, "rm", name)
    time.sleep(10)


def scale_up_and_back() -> None:
    """Three replicas of each, then two again."""
    scale(3)
    scale(2)


def gently(people: tuple[Person, Person], room: str) -> None:
    """Restarts and scaling, which users must not notice."""
    disturbances: dict[str, Callable[[], None]] = {
        "web restarted": partial(restart, "web"),
        "asgi restarted": partial(restart, "asgi"),
        "scaled to 3 and back": scale_up_and_back,
    }
    for what, drill in disturbances.items():
        answers, _ = observe(what, people, room, drill)
        assert not answers.failed, answers.failed[:3]


def violently(people: tuple[Person, Person], room: str) -> None:
    """kill -9 of each container: what is acknowledged stays, and the site comes back by itself."""
    for service in ("web", "asgi", "cron", "redis", "db", "nginx"):
        answers, _ = observe(f"{service} killed (-9)", people, room, partial(kill, service))
        until("/readyz", 60, lambda: httpx.get(f"{SITE}/readyz").status_code == 200)
        if service in {"asgi", "cron"}:
            assert not answers.failed, answers.failed[:3]


def deploy(people: tuple[Person, Person], room: str) -> None:
    """`./deploy` twice in a row: only while Nginx itself is replaced may a request fail."""
    script = WORK / "sidepro" / "deploy.sh"  # on the machine of an operator it is alongside .env
    shutil.copy(WORK / "sidepro" / "deploy" / "deploy", script)
    for tag in ("first", "second"):
        for image in ("sidepro", "sidepro-cron", "sidepro-nginx"):
            run(ENGINE, "tag", f"{image}:latest", f"{image}:{tag}")
        script_run = partial(run_with_docker, str(script), tag)
        answers, _ = observe(f"./deploy {tag}", people, room, script_run)
        answered = [failure for failure in answers.failed if failure[0].isdigit()]
        assert not answered, answered[:3]
        assert len(answers.failed) < 4 * CLOSED_AT_MOST / EVERY, "Nginx was away for too long"


def run_with_docker(*command: str) -> None:
    """Run what calls `docker`; where there is none, podman answers (`docker` in this folder)."""
    if ENGINE == "docker":
        run(*command)
        return
    program = str(WORK / "venv" / "bin" / "podman-compose")
    environment = {
        "PATH": f"{ROOT / 'deploy' / 'tests'}:{os.environ['PATH']}",
        "COMPOSE": " ".join((program, *FILES, "--profile", "db")),
    }
    run("env", *(f"{name}={value}" for name, value in environment.items()), *command)


def rotate_the_key(person: Person) -> None:
    """A new SECRET_KEY, the old one still accepted: a person who is signed in stays so."""
    old = settings()["SECRET_KEY"]
    settings(SECRET_KEY=secrets.token_urlsafe(64), SECRET_KEY_FALLBACKS=old)
    recreate(*REPLICATED)
    assert person.get("users/me/").status_code == 200, "signed out by the new key"
    say("SECRET_KEY rotated: who was signed in stays signed in")


def observe(
    what: str, people: tuple[Person, Person], room: str, drill: Callable[[], None]
) -> tuple[Answers, list[dict[str, Any]]]:
    """Run a drill while both talk and the board is read, and say how that went."""
    with requests(people[0]) as answers:
        messages = asyncio.run(talk_during(people, room, drill))
    say(
        f"{what}: {answers.asked} requests, {len(answers.failed)} failed; "
        f"{len(messages)} messages, 0 lost, 0 doubled"
    )
    return answers, messages
