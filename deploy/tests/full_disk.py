"""A disk is full, and then there is room again: what is refused, and what goes on by itself.

The volumes of the test are small (`compose.override.yaml`); pictures lie in one of them here.
"""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial

import httpx
from PIL import Image

from deploy.tests.containers import (
    ENGINE,
    SITE,
    Person,
    containers,
    recreate,
    run,
    say,
    settings,
    until,
)
from deploy.tests.drills import REPLICATED, observe

VAR, LOG = "/app/var", "/app/log"
FAILED = "The similarity job failed"
A_RUN = 150  # seconds: a minute until the job starts, and time for it on a busy machine


def fill_disks(people: tuple[Person, Person], room: str) -> None:
    """The disk of pictures and similarity files, then that of the jobs' log."""
    settings(AWS_STORAGE_BUCKET_NAME="")
    recreate(*REPLICATED, "cron")
    for person in people:
        person.log_in()
    project = people[0].post("projects/", json={"title": "카드"}).raise_for_status().json()
    card = f"{SITE}/og/projects/{project['id']}-{project['version']}.png"
    for what, drill in (
        ("the disk of pictures and similarity files full", partial(_fill_var, people[1], card)),
        ("the disk of logs full", partial(_fill_log, people[1])),
    ):
        answers, _ = observe(what, people, room, drill)
        assert not answers.failed, answers.failed[:3]


def _fill_var(person: Person, card: str) -> None:
    """Nothing half written stays, the last generation serves, and both go on with room."""
    uploaded = _upload(person)
    assert uploaded.status_code == 201, uploaded.text
    stored, generation, failures = _pictures(), _generation(), _failures()
    with _filled(VAR):
        refused = _upload(person)
        assert refused.status_code == 503, f"an upload: {refused.status_code} {refused.text}"
        assert refused.json()["errors"][0]["code"] == "service_unavailable", refused.text
        assert httpx.get(f"{SITE}{uploaded.json()['url']}").status_code == 200
        drawn = httpx.get(card).raise_for_status().content
        Image.open(io.BytesIO(drawn)).load()
        _change_stack(person)
        until("the job says that it failed", A_RUN, lambda: _failures() > failures)
        assert _generation() == generation
        assert _in_cron(f"ls -d {VAR}/similarity/g*/").split() == [
            f"{VAR}/similarity/{generation}/"
        ]
        assert "similar_stack" in person.get("recommendations/").json()["source"]
        assert _pictures() == stored, "a stray file"
    until("a new generation", A_RUN, lambda: _generation() != generation)
    again = _upload(person)
    assert again.status_code == 201, again.text
    assert httpx.get(f"{card}?again").content == drawn  # another address for Nginx's cache
    assert len(_pictures()) == len(stored) + 3, "a picture in two sizes, and the card"
    say("uploads 503 and no stray file, the last generation stayed; with room both went on")


def _fill_log(person: Person) -> None:
    """Jobs run, though they cannot say so."""
    generation = _generation()
    with _filled(LOG):
        _change_stack(person)
        until("a new generation", A_RUN, lambda: _generation() != generation)
        assert _upload(person).status_code == 201
        generation = _generation()
    size = int(_in_cron(f"stat -c %s {LOG}/crontab.log"))
    _change_stack(person)
    until("a new generation", A_RUN, lambda: _generation() != generation)
    assert int(_in_cron(f"stat -c %s {LOG}/crontab.log")) > size
    say("without room for logs the jobs went on, and with room they were logged again")


def _upload(person: Person) -> httpx.Response:
    picture = io.BytesIO()
    Image.effect_noise((640, 360), 60).save(picture, "PNG")
    files = {"image": ("a.png", picture.getvalue(), "image/png")}
    return person.post("images/", files=files, data={"kind": "project"})


def _change_stack(person: Person) -> None:
    """Give the job something to write."""
    skills = set(person.get("users/me/").raise_for_status().json()["profile"]["skills"])
    profile = {"skills": sorted(skills ^ {"Vue.js"})}
    person.patch("users/me/", json={"profile": profile}).raise_for_status()


@contextmanager
def _filled(folder: str) -> Iterator[None]:
    """Not a byte is free in a folder's volume."""
    _in_cron(f"cat /dev/zero >{folder}/filler 2>/dev/null || :")
    try:
        assert _in_cron(f"df --output=avail {folder} | tail -n 1").strip() == "0"
        yield
    finally:
        _in_cron(f"rm {folder}/filler")


def _generation() -> str:
    return _in_cron(f"cat {VAR}/similarity/CURRENT").strip()


def _failures() -> int:
    return int(_in_cron(f"grep -c '{FAILED}' {LOG}/crontab.log || :"))


def _pictures() -> list[str]:
    return sorted(_in_cron(f"find {VAR}/media -type f").split())


def _in_cron(command: str) -> str:
    name = containers("cron")[0]
    return run(ENGINE, "exec", "--user", "sidepro", name, "sh", "-c", command)
