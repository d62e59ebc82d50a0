"""The recommendations on PostgreSQL: `python -m bench.recommendations developers.csv`.

Fills databases of 1,000 and of 1,000,000 users (skill sets drawn from the file as in
`bench.similarity`; one project for five users, 28 bookmarks a user, few projects having many), runs
the similarity job on each as cron would, database reads and files included, and compares the
endpoint's latency, asked of both in turn behind Gunicorn with two workers, and with that of a page
of the board in the same run. The databases are kept for the next run.
"""

import argparse
import os
import random
import statistics
import subprocess
import sys
import time
from io import StringIO
from pathlib import Path

import django
import httpx
import numpy as np
import psycopg2

from bench.board import served
from bench.servers import DATABASE_SERVER, ROOT
from bench.similarity import draw, read_table

SECRET_KEY = "benchmark-only-" * 5
ENDPOINT = "/api/v1/recommendations/?limit=12"
BOARD = "/api/v1/projects/?page_size=12"

# Rows name each other by construction: foreign keys need no check.
PEOPLE = """
SET session_replication_role = replica;
SET synchronous_commit = off;
INSERT INTO user_user (id, password, is_superuser, email, username, is_active, is_staff,
                       joined_at)
SELECT i, '', false, 'u' || i || '@example.com', 'u' || i, true, false, now()
FROM generate_series(1, %(users)s) i;
INSERT INTO user_profile (user_id, description, github_url, meet_time, region, skills_changed_at)
SELECT id, '', '', '', '', now() - interval '1 day' FROM user_user
"""
PROJECTS = """
INSERT INTO project_project (author_id, title, summary, content, github_url, view_count,
                             bookmark_count, is_hidden, search_text, created_at, updated_at)
SELECT 1 + (i * 7919) %% %(users)s, 'Project ' || i, '', '', '', 0, 0, false, '',
       now() - i * interval '1 second', now()
FROM generate_series(1, %(users)s / 5) i;
INSERT INTO project_project_skills (project_id, skill_id)
SELECT DISTINCT p.id, s.skill_id FROM project_project p
JOIN user_profile_skills s ON s.profile_id = p.author_id;
INSERT INTO project_bookmark (user_id, project_id, created_at)
SELECT u.id, 1 + floor(power(random(), 2) * (%(users)s / 5))::int, now()
FROM user_user u, generate_series(1, 28) j ON CONFLICT DO NOTHING;
UPDATE project_project p SET bookmark_count = n
FROM (SELECT project_id, count(*) n FROM project_bookmark GROUP BY 1) b WHERE b.project_id = p.id;
ANALYZE
"""

CHANGE = """
CREATE TEMP TABLE changed AS
SELECT id, 1 + (id * 31 + %(salt)s) %% (SELECT max(id) FROM user_user) AS model
FROM user_user ORDER BY md5(id::text || %(salt)s::text) LIMIT %(changes)s;
CREATE TEMP TABLE fresh AS
SELECT c.id AS profile_id, s.skill_id FROM changed c
JOIN user_profile_skills s ON s.profile_id = c.model;
DELETE FROM user_profile_skills WHERE profile_id IN (SELECT id FROM changed);
INSERT INTO user_profile_skills (profile_id, skill_id) SELECT * FROM fresh;
UPDATE user_profile SET skills_changed_at = now() WHERE user_id IN (SELECT id FROM changed);
DROP TABLE changed;
DROP TABLE fresh
"""


def fill(users: int, data: Path) -> str:
    """The address of a database with so many users."""
    name = f"sidepro_bench_people_{users}"
    url = f"{DATABASE_SERVER}/{name}"
    admin = psycopg2.connect(f"{DATABASE_SERVER}/postgres")
    admin.autocommit = True
    with admin.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
        if cursor.fetchone():
            return url
        print(f"Filling {name} …", flush=True)
        cursor.execute(f"CREATE DATABASE {name}")
    subprocess.run(
        [sys.executable, "manage.py", "migrate", "-v0"],
        cwd=ROOT, env=os.environ | {"DATABASE_URL": url}, check=True,
    )  # fmt: skip
    connection = psycopg2.connect(url)
    with connection, connection.cursor() as cursor:
        cursor.execute(PEOPLE, {"users": users})
        cursor.execute("SELECT id FROM user_skill ORDER BY id")
        skills = np.array([row[0] for row in cursor.fetchall()])
        words = draw(read_table(data), users)
        for start in range(0, users, 50_000):
            bits = np.unpackbits(
                words[start : start + 50_000].view(np.uint8), axis=1, bitorder="little"
            )
            rows, columns = np.nonzero(bits[:, : skills.size])
            lines = "".join(
                f"{row}\t{skill}\n"
                for row, skill in zip(rows + start + 1, skills[columns], strict=True)
            )
            cursor.copy_expert(
                "COPY user_profile_skills (profile_id, skill_id) FROM STDIN", StringIO(lines)
            )
        cursor.execute(PROJECTS, {"users": users})
    connection.close()
    return url


def change(url: str, changes: int) -> None:
    """Give so many users the skills of others."""
    connection = psycopg2.connect(url)
    with connection, connection.cursor() as cursor:
        salt = random.SystemRandom().randrange(10**6)
        cursor.execute(CHANGE, {"changes": changes, "salt": salt})
    connection.close()


def job(environment: dict[str, str], *options: str) -> None:
    """Run the job as cron would, in a process of its own, and print what it says."""
    started = time.perf_counter()
    command = [sys.executable, "manage.py", "build_similarity", *options]
    output = subprocess.run(  # noqa: S603
        command, cwd=ROOT, env=environment, check=True, capture_output=True, text=True
    ).stdout
    seconds = time.perf_counter() - started
    print(f"  {seconds:6.1f} s from start to end: {output.strip()}", flush=True)


def latencies(
    bases: list[str], users: list[int], requests: int, path: str = ENDPOINT
) -> list[list[float]]:
    """Seconds of each request, the servers asked in turn by random users."""
    from user.login.sessions import start_session
    from user.models import User

    chance = random.Random(1)  # noqa: S311 - not for secrets
    found: list[list[float]] = [[] for _ in bases]
    with httpx.Client() as client:
        for i in range(requests + 50):
            for base, count, times in zip(bases, users, found, strict=True):
                token = start_session(User.objects.get(pk=chance.randint(1, count))).access
                started = time.perf_counter()
                response = client.get(base + path, headers={"Authorization": f"Bearer {token}"})
                seconds = time.perf_counter() - started
                body = response.raise_for_status().json()
                assert path != ENDPOINT or body["source"][0].startswith("similar"), body["source"]
                if i >= 50:
                    times.append(seconds)
    return found


def main() -> None:
    """Print what the jobs say, and the latencies with their ratio."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("data", type=Path)
    parser.add_argument("--users", type=int, nargs=2, default=[1000, 1_000_000])
    parser.add_argument("--k", type=int, default=100)
    parser.add_argument("--requests", type=int, default=500)
    parser.add_argument("--endpoint-only", action="store_true", help="the files are there already")
    options = parser.parse_args()
    os.environ["SECRET_KEY"] = SECRET_KEY
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sidepro.settings")
    django.setup()
    from django.conf import settings

    urls = []
    for users in options.users:
        url = fill(users, options.data)
        urls.append(url)
        folder = settings.VAR_DIR / "bench" / str(users)
        environment = os.environ | {
            "DATABASE_URL": url,
            "SIMILARITY_DIR": str(folder / "similarity"),
            "SIMILARITY_STATE_DIR": str(folder / "state"),
            "SIMILARITY_K": str(options.k),
        }
        if options.endpoint_only:
            continue
        print(f"{users:,} users, K = {options.k}")
        job(environment, "--full")
        job(environment)
        change(url, users // 1000)
        job(environment)
    with (
        served(urls[0], folder_of(options.users[0])) as small,
        served(urls[1], folder_of(options.users[1])) as large,
    ):
        times = latencies([small, large], options.users, options.requests)
        board = latencies([small, large], options.users, options.requests, BOARD)
    for users, seconds in zip(options.users, times, strict=True):
        ordered = sorted(seconds)
        print(
            f"{users:,} users: median {statistics.median(ordered) * 1000:.1f} ms, "
            f"95 % within {ordered[int(0.95 * len(ordered))] * 1000:.1f} ms"
        )
    print(f"ratio of the medians: {statistics.median(times[1]) / statistics.median(times[0]):.2f}")
    for users, seconds, pages in zip(options.users, times, board, strict=True):
        ratio = statistics.median(seconds) / statistics.median(pages)
        print(f"{users:,} users: {ratio:.2f} times a page of the board")


def folder_of(users: int) -> dict[str, str]:
    """The environment that points a server to the files of so many users."""
    from django.conf import settings

    return {"SIMILARITY_DIR": str(settings.VAR_DIR / "bench" / str(users) / "similarity")}


if __name__ == "__main__":
    main()
