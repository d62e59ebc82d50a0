"""Board and people under load: `python -m bench.board [--projects N] [--compare 10000 1000000]`.

Needs PostgreSQL, wrk (Debian package) and the built front end (`npm run build`). Fills a database
of its own, starts Gunicorn with two workers on it, and asks for each address in turn, several
rounds, so that what else happens on the machine meets all of them alike. Prints requests a second
and ratios to the floor or the first page.
"""

import argparse
import os
import re
import statistics
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

import httpx
import psycopg2

from bench.servers import DATABASE_SERVER, ROOT, gunicorn

BOARD = "/api/v1/projects/"
PEOPLE = "/api/v1/users/"
FLOOR = "floor: bare view, one SQL"
FIRST = "first page"
PROJECT, PROJECT_PAGE = "a project", "a project's page in HTML"


def fill(projects: int) -> str:
    """The address of a database with so many projects; it is kept for the next run."""
    name = f"sidepro_bench_site_{projects}"
    url = f"{DATABASE_SERVER}/{name}"
    admin = psycopg2.connect(f"{DATABASE_SERVER}/postgres")
    admin.autocommit = True
    with admin.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
        if cursor.fetchone():
            return url
        print(f"Filling {name} …", flush=True)
        cursor.execute(f"CREATE DATABASE {name}")
    environment = os.environ | {"DATABASE_URL": url}
    subprocess.run(
        [sys.executable, "manage.py", "migrate", "-v0"], cwd=ROOT, env=environment, check=True
    )
    connection = psycopg2.connect(url)
    connection.autocommit = True
    script = (Path(__file__).parent / "board_data.sql").read_text()
    with connection.cursor() as cursor:
        for statement in script.split(";\n"):
            if statement.strip():
                cursor.execute(statement, {"projects": projects})
    return url


@contextmanager
def served(database_url: str, more: dict[str, str] | None = None) -> Iterator[str]:
    """Two workers on the database, with the floor alongside; gives their address."""
    environment = {"DATABASE_URL": database_url, "DJANGO_SETTINGS_MODULE": "bench.settings"}
    with gunicorn(environment | (more or {})) as (base, _):
        yield base


def requests_a_second(url: str, seconds: int) -> float:
    """What wrk reaches with 4 connections. Raises RuntimeError when a request fails."""
    output = subprocess.run(  # noqa: S603
        ["wrk", "-t1", "-c4", f"-d{seconds}s", url],  # noqa: S607
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    if "Non-2xx" in output:
        raise RuntimeError(f"{url} failed:\n{output}")
    found = re.search(r"Requests/sec:\s+([\d.]+)", output)
    assert found
    return float(found[1])


def last_page(base: str) -> str:
    """The address of the board's last full page, by a cursor at its oldest rows."""
    from project.constants import BOARD_ORDERINGS
    from user.api.pagination import Cursor

    ordering = BOARD_ORDERINGS["newest"]
    end = Cursor(ordering, forward=False, value="1970-01-01 00:00:00+00:00", pk=0).encode()
    page = httpx.get(f"{base}{BOARD}?cursor={end}").raise_for_status().json()
    assert len(page["results"]) == 20
    previous = httpx.get(page["previous"]).raise_for_status().json()
    return str(previous["next"])


Rates = dict[str, list[float]]


def measure(addresses: dict[str, str], rounds: int, seconds: int) -> Rates:
    """The requests a second of each address, one number a round."""
    for url in addresses.values():
        requests_a_second(url, seconds)
    rates: Rates = {name: [] for name in addresses}
    for _ in range(rounds):
        for name, url in addresses.items():
            rates[name].append(requests_a_second(url, seconds))
    return rates


def ratio(rates: Rates, over: str, under: str) -> float:
    """The median of the rounds' ratios: what slows a whole round down does not count."""
    return statistics.median(a / b for a, b in zip(rates[over], rates[under], strict=True))


def board(base: str) -> dict[str, str]:
    """The addresses of one site that are compared."""
    newest = httpx.get(f"{base}{BOARD}").raise_for_status().json()["results"][0]["id"]
    return {
        FLOOR: f"{base}/floor/cards/",
        FIRST: f"{base}{BOARD}",
        PROJECT: f"{base}{BOARD}{newest}/",
        PROJECT_PAGE: f"{base}/projects/{newest}",
        "last page": last_page(base),
        "most viewed": f"{base}{BOARD}?ordering=views",
        "most popular": f"{base}{BOARD}?ordering=popular",
        "trending": f"{base}{BOARD}?ordering=trending",
        "one skill": f"{base}{BOARD}?skills=Django",
        "two skills, all": f"{base}{BOARD}?skills=Django,Redis&skills_match=all",
        "search 채팅": f"{base}{BOARD}?search={quote('채팅')}",
        "search two words": f"{base}{BOARD}?search={quote('django 가계부')}",
        "search, one hit": f"{base}{BOARD}?search=98765",
        "search in texts": f"{base}{BOARD}?search={quote('낱말4321번')}",
        "people": f"{base}{PEOPLE}",
        "people, skill and region": f"{base}{PEOPLE}?skills=Django&region=seoul",
        "people, rare word": f"{base}{PEOPLE}?search={quote('주제4321번')}",
        "people, common word": f"{base}{PEOPLE}?search={quote('개발자')}",
        "people, nobody": f"{base}{PEOPLE}?search=zzzz",
    }


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--projects", type=int, default=100_000)
    parser.add_argument("--compare", type=int, nargs=2, metavar=("SMALL", "LARGE"))
    parser.add_argument("--rounds", type=int, default=12)
    parser.add_argument("--seconds", type=int, default=2)
    options = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sidepro.settings")
    import django

    django.setup()

    with served(fill(options.projects)) as base:
        rates = measure(board(base), options.rounds, options.seconds)
    print(f"\n{options.projects:,} projects, Gunicorn with 2 workers")
    print(f"{'':28}{'requests/s':>12}{'of the floor':>14}{'× first page':>14}")
    for name, samples in rates.items():
        rate, of_floor = statistics.median(samples), ratio(rates, name, FLOOR)
        print(f"{name:28}{rate:12.0f}{of_floor:14.2f}{ratio(rates, FIRST, name):14.2f}")
    times = ratio(rates, PROJECT, PROJECT_PAGE)
    print(f"A project's page in HTML takes {times:.2f} times the API's answer")

    if options.compare:
        small, large = (fill(size) for size in options.compare)
        with served(small) as base_small, served(large) as base_large:
            pages = {"small": f"{base_small}{BOARD}", "large": f"{base_large}{BOARD}"}
            rates = measure(pages, options.rounds, options.seconds)
        sizes = " against ".join(f"{size:,}" for size in options.compare)
        print(f"\nFirst page, {sizes} projects: {ratio(rates, 'small', 'large'):.2f} times")


if __name__ == "__main__":
    main()
