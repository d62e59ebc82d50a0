"""Requests that ask for much: long lists, large bodies, guesses, what hashes."""

import time
from collections.abc import Callable

import httpx

from bench.attack.site import API, PASSWORD, Person, Site, answers, at_once


def many_skills(_site: Site, me: Person) -> str:
    """Ask for projects with all of 129 skills."""
    skills = me.get("skills/").json()
    for number in range(4):
        me.post("projects/", {"title": f"{number}", "skills": [s["name"] for s in skills[:10]]})
    names = ",".join(skill["name"] for skill in skills[:129])
    query = {"skills": names[:1000].rpartition(",")[0], "skills_match": "all"}
    return answers(at_once(1, lambda _: me.get("projects/", params=query)))


def registrations(_site: Site, me: Person) -> str:
    """Make 16 accounts at once."""

    def register(number: int) -> httpx.Response:
        name = f"crowd{number}"
        body = {"email": f"{name}@example.com", "username": name, "password": PASSWORD}
        return me.post("auth/register/", body)

    return answers(at_once(16, register))


def guesses(_site: Site, me: Person) -> str:
    """Guess the password 64 times by deleting the account, eight at a time."""

    def guess(_: int) -> httpx.Response:
        url = f"{me.base}{API}users/me/"
        return me.http.request("DELETE", url, json={"password": "a wrong one"})

    return answers([result for _ in range(8) for result in at_once(8, guess)])


def long_lists(_site: Site, me: Person) -> str:
    """Publish a project with 95,000 skills."""
    started = time.perf_counter()
    response = me.post("projects/", {"title": "x", "skills": ["Django"] * 95_000})
    seconds = time.perf_counter() - started
    return f"{response.status_code}, {len(response.content):,} bytes, {seconds:.2f} s"


def echoes(_site: Site, me: Person) -> str:
    """Send a megabyte where a choice is expected."""
    body = {"profile": {"region": "x" * 1_000_000}}
    response = me.http.patch(f"{me.base}{API}users/me/", json=body)
    return f"{response.status_code}, {len(response.content):,} bytes"


ATTACKS: list[Callable[[Site, Person], str]] = [
    *(many_skills, registrations, guesses, long_lists, echoes)
]
