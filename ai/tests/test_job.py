import csv
import json
import logging
import os
import signal
import subprocess
import sys
import time
from datetime import timedelta
from pathlib import Path

import numpy as np
import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone

from ai import cron
from ai.files import generations, storage
from ai.similarity.job import build_similarity
from ai.similarity.lock import ADVISORY_KEY, BusyError, only_one
from ai.similarity.state import StateFiles
from ai.tests.people import give, keep, person, project_by, skill
from user.models import Profile, Skill, User

pytestmark = pytest.mark.django_db
STACK = ["Python", "Django", "Redis", "AWS", "React", "Vue.js", "Java", "Kotlin", "Go", "Docker"]


@pytest.fixture
def folder(settings):
    return Path(settings.SIMILARITY_DIR)


def crowd(n, seed=1):
    """People in bulk, each with 1 to 6 skills."""
    rng = np.random.default_rng(seed)
    skills = [skill(name) for name in STACK]
    users = User.objects.bulk_create(
        User(email=f"c{seed}-{i}@example.com", username=f"c{seed}-{i}") for i in range(n)
    )
    Profile.objects.bulk_create(Profile(user=user) for user in users)
    links = Profile.skills.through
    links.objects.bulk_create(
        links(profile_id=user.pk, skill_id=skills[s].pk)
        for user in users
        for s in rng.choice(10, rng.integers(1, 7), replace=False)
    )
    return users


def parts(folder):
    generation = (folder / "CURRENT").read_text()
    return {path.name: path.read_bytes() for path in (folder / generation).glob("*.csv")}


def wait_for_free_lock():
    """PostgreSQL needs a moment to see that a killed client has gone."""
    if connection.vendor != "postgresql":
        return
    deadline = time.monotonic() + 20
    with connection.cursor() as cursor:
        while time.monotonic() < deadline:
            cursor.execute(
                "SELECT count(*) FROM pg_locks JOIN pg_database ON pg_database.oid = database "
                "WHERE locktype = 'advisory' AND objid = %s AND datname = current_database()",
                [ADVISORY_KEY],
            )
            if not cursor.fetchone()[0]:
                return
            time.sleep(0.05)
    raise AssertionError("a killed job still holds the lock after 20 s")


def lines(folder):
    found = {}
    for data in parts(folder).values():
        for row in csv.DictReader(data.decode().splitlines()):
            found.setdefault(int(row["user_id"]), []).append(
                (int(row["neighbour_id"]), float(row["score"]))
            )
    return found


def build(**options):
    return build_similarity(**options)


def assert_same_as_full(folder):
    small = parts(folder)
    assert build(full=True).kind == "full"
    assert small == parts(folder)


def test_rows_stand_best_first_in_the_part_of_their_user(folder):
    users = [person("Python", "Django"), person("Python", "Django", "Redis"), person("Python")]
    build()
    manifest = json.loads((folder / (folder / "CURRENT").read_text() / "manifest.json").read_text())
    assert manifest["users"] == 3
    assert manifest["pairs"] == 6
    assert (manifest["k"], manifest["threshold"], manifest["shards"]) == (5, 0.1, 1)
    assert lines(folder)[users[0].pk] == [(users[1].pk, 0.6667), (users[2].pk, 0.5)]


def test_many_users_spread_over_parts_of_less_than_a_megabyte(folder, settings):
    settings.SIMILARITY_K = 100
    crowd(1200)
    build()
    found = parts(folder)
    assert len(found) == 8
    for name, data in found.items():
        if name.startswith("taste"):
            continue
        assert len(data) < 1_000_000
        users = [int(line.split(b",")[0]) for line in data.splitlines()[1:]]
        assert {user % 4 for user in users} == {int(name[5:10])}
        assert users == sorted(users)


def test_nobody_and_one_person_are_no_error(folder):
    assert build().manifest.users == 0
    person("Python")
    assert build().manifest.pairs == 0
    assert lines(folder) == {}


def test_people_without_skills_or_suspended_do_not_appear(folder):
    person()
    one, two = person("Python"), person("Python")
    User.objects.filter(pk=person("Python").pk).update(is_active=False)
    build()
    assert lines(folder) == {one.pk: [(two.pk, 1.0)], two.pk: [(one.pk, 1.0)]}


def test_a_minute_without_change_writes_nothing_and_asks_little(folder, django_assert_num_queries):
    crowd(50)
    build()
    before = (folder / "CURRENT").read_text()
    # PostgreSQL's lock takes two more.
    with django_assert_num_queries(8 if connection.vendor == "postgresql" else 6):
        assert build().kind == "unchanged"
    assert (folder / "CURRENT").read_text() == before
    assert (folder / "CHECKED").exists()


CHANGES = {
    "skills given and taken": lambda users: [give(u, "Go", "Vue.js") for u in users[:3]],
    "all skills taken": lambda users: give(users[0]),
    "a new skill": lambda users: give(users[0], "Python", "Zig"),
    "a user deleted": lambda users: users[5].delete(),
    "a user suspended": lambda users: User.objects.filter(pk=users[6].pk).update(is_active=False),
    "a user registered": lambda users: person("Python", "React"),
    "one deleted and one registered": lambda users: (users[7].delete(), person("Go", "Java")),
    "links made behind the back of the models": lambda users: Profile.skills.through.objects.create(
        profile_id=users[8].pk, skill=skill("Rust")
    ),
}


@pytest.mark.parametrize("change", CHANGES)
def test_few_changes_give_byte_for_byte_what_a_full_build_gives(folder, change):
    users = crowd(400)
    Profile.objects.update(skills_changed_at=timezone.now() - timedelta(days=1))
    build()
    CHANGES[change](users)
    assert build().kind == "update"
    assert_same_as_full(folder)


def test_untouched_parts_are_taken_over(folder, settings):
    settings.SIMILARITY_K = 100
    users = crowd(1200)
    Profile.objects.update(skills_changed_at=timezone.now() - timedelta(days=1))
    lonely = person("COBOL")
    build()
    give(lonely, "Fortran")
    summary = build()
    assert (summary.kind, summary.written_parts) == ("update", 1)
    assert_same_as_full(folder)
    give(users[0], "Python", "Zig")
    assert build().kind == "update"
    assert_same_as_full(folder)


def test_a_suspended_user_who_returns_appears_again(folder):
    users = crowd(300)
    build()
    User.objects.filter(pk=users[0].pk).update(is_active=False)
    build()
    assert users[0].pk not in lines(folder)
    User.objects.filter(pk=users[0].pk).update(is_active=True)
    assert build().kind == "update"
    assert_same_as_full(folder)


def test_a_skill_renamed_changes_nothing_and_one_deleted_changes_its_holders(folder):
    crowd(300)
    build()
    Skill.objects.filter(name="Go").update(name="Go (language)")
    assert build().kind == "unchanged"
    Skill.objects.get(name="Go (language)").delete()
    build()
    assert_same_as_full(folder)


def test_more_skills_than_fit_the_words_in_use_start_afresh(folder):
    crowd(300)
    build()
    give(person(), *(f"Skill {i}" for i in range(80)))
    assert build().kind == "full"


def test_a_change_committed_late_with_an_early_time_is_noticed(folder):
    users = crowd(300)
    build()
    give(users[0], "Vue.js")
    build()
    give(users[1], "Vue.js")
    Profile.objects.filter(pk=users[1].pk).update(
        skills_changed_at=timezone.now() - timedelta(minutes=5)
    )
    assert build().kind == "update"
    assert_same_as_full(folder)


def test_a_day_later_and_after_a_clock_that_went_back_it_starts_afresh(folder, monkeypatch):
    crowd(30)
    build()
    now = timezone.now()
    monkeypatch.setattr(timezone, "now", lambda: now + timedelta(hours=25))
    assert build().kind == "full"
    monkeypatch.setattr(timezone, "now", lambda: now + timedelta(hours=2))
    assert build().kind == "full"
    monkeypatch.setattr(timezone, "now", lambda: now + timedelta(hours=3))
    assert build().kind == "unchanged"


def test_another_k_starts_afresh(folder, settings):
    crowd(30)
    build()
    settings.SIMILARITY_K = 3
    assert build().kind == "full"


def damage(folder, how):
    generation = folder / (folder / "CURRENT").read_text()
    part = generation / "part-00000.csv"
    if how == "part deleted":
        part.unlink()
    elif how == "part cut":
        part.write_bytes(part.read_bytes()[:-9])
    elif how == "manifest cut":
        (generation / "manifest.json").write_text("{")
    elif how == "no such generation":
        (folder / "CURRENT").write_text("g20200101-000000-00000000")
    elif how == "CURRENT is garbage":
        (folder / "CURRENT").write_bytes(b"\xff../../etc")
    elif how == "CURRENT deleted":
        (folder / "CURRENT").unlink()


DAMAGES = [
    "part deleted", "part cut", "manifest cut", "no such generation", "CURRENT is garbage",
    "CURRENT deleted",
]  # fmt: skip


@pytest.mark.parametrize("how", DAMAGES)
def test_damage_is_repaired_by_the_next_run(folder, how):
    crowd(50)
    build()
    whole = parts(folder)
    damage(folder, how)
    assert build().kind == "full"
    assert parts(folder) == whole


@pytest.mark.parametrize("name", ["head.json", "arrays.npz", "keys.bin"])
@pytest.mark.parametrize("content", [None, b"", b"garbage"])
def test_a_lost_or_damaged_state_starts_afresh(folder, settings, name, content):
    users = crowd(300)
    build()
    path = Path(settings.SIMILARITY_STATE_DIR) / name
    path.unlink()
    if content is not None:
        path.write_bytes(content)
    give(users[0], "Vue.js", "Go", "Java")
    assert build().kind == "full"
    assert_same_as_full(folder)


def test_old_generations_are_removed_but_the_last_one_is_kept_for_its_readers(folder):
    users = crowd(300)
    for name in ["Go", "Java", "Vue.js", "AWS"]:
        (folder / "gleft-behind").mkdir(parents=True, exist_ok=True)
        give(users[0], name)
        build()
    assert len([path for path in folder.iterdir() if path.is_dir()]) == 2


@pytest.mark.parametrize("first", ["part-", "taste-", "manifest"])
@pytest.mark.parametrize("full", [False, True])
def test_a_full_disk_leaves_the_last_generation_active(
    folder, settings, monkeypatch, caplog, first, full
):
    users = crowd(300)
    share_a_bookmark(users[:2])
    share_a_bookmark(users[3:9])
    build()
    before = parts(folder)
    change_stack_and_taste(users)
    if full:
        (Path(settings.SIMILARITY_STATE_DIR) / "head.json").unlink()
    write = storage.LocalStore.write

    def no_space(self, name, data):
        if Path(name).name.startswith(first):
            raise OSError(28, "No space left on device")
        write(self, name, data)

    with monkeypatch.context() as patch:
        patch.setattr(storage.LocalStore, "write", no_space)
        cron.run()
    assert "No space left on device" in caplog.text
    assert parts(folder) == before
    assert len([path for path in folder.iterdir() if path.is_dir()]) == 1
    build()
    assert parts(folder) != before
    assert_same_as_full(folder)


@pytest.mark.skipif(not hasattr(os, "posix_fallocate"), reason="needs Linux")
def test_lists_have_their_room_on_the_disk_before_they_are_written(tmp_path):
    files = StateFiles(tmp_path)
    for rows, make in ((5000, files.new_keys), (9000, files.grow_keys)):
        assert make(rows, 120).shape == (rows, 120)
        assert (tmp_path / "keys.bin").stat().st_blocks * 512 >= rows * 120 * 8


def test_two_jobs_never_run_at_once(settings, caplog):
    with only_one(Path(settings.SIMILARITY_STATE_DIR)):
        with pytest.raises(BusyError):
            build()
        cron.run()
    assert "still at work" in caplog.text
    assert build().kind == "full"


@pytest.mark.postgres
def test_a_job_on_another_machine_keeps_this_one_out():
    with connection.copy().cursor() as elsewhere:
        elsewhere.execute("SELECT pg_advisory_lock(%s)", [ADVISORY_KEY])
        with pytest.raises(BusyError):
            build()
        elsewhere.execute("SELECT pg_advisory_unlock(%s)", [ADVISORY_KEY])
        elsewhere.connection.close()
    assert build().kind == "full"


def test_the_command_sums_up(capsys):
    crowd(30)
    call_command("build_similarity", "--full")
    out = capsys.readouterr().out
    assert "full: 30 users" in out
    assert "2 of 2 parts written" in out


def test_the_log_says_what_was_done(caplog):
    caplog.set_level(logging.INFO)
    crowd(30)
    cron.run()
    assert "full: 30 users" in caplog.text


def share_a_bookmark(users):
    project = project_by(users[0])
    for user in users:
        keep(user, project)


def change_stack_and_taste(users):
    """Of the first; by taste, only the second user is concerned."""
    give(users[0], "Vue.js", "Go", "Java")
    share_a_bookmark(users[:2])


KILLED_JOB = """
import django, os, signal
django.setup()
from django.conf import settings
settings.SIMILARITY_DIR, settings.SIMILARITY_STATE_DIR, settings.SIMILARITY_K = {folders!r} + (5,)
settings.SIMILARITY_TASTE_K = 5
from ai.files import storage
from ai.similarity import job, state
places = {{
    "before the lists change": (state.StateFiles, "forget", ""),
    "while parts are written": (storage.LocalStore, "write", "part-"),
    "while tastes are written": (storage.LocalStore, "write", "taste-"),
    "before the switch": (storage.LocalStore, "replace", ""),
    "before the state is saved": (state.StateFiles, "save", ""),
}}
owner, name, only = places[{place!r}]
method = getattr(owner, name)
def kill(self, *args):
    if only in str(args[:1]):
        os.kill(os.getpid(), signal.SIGKILL)
    return method(self, *args)
setattr(owner, name, kill)
job.build_similarity()
"""


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    "place",
    [
        "before the lists change",
        "while parts are written",
        "while tastes are written",
        "before the switch",
        "before the state is saved",
    ],
)
def test_a_killed_job_leaves_a_whole_generation_and_frees_the_lock(folder, settings, place):
    users = crowd(300)
    share_a_bookmark(users[:2])
    share_a_bookmark(users[3:9])
    build()
    before = parts(folder)
    change_stack_and_taste(users)
    database = connection.settings_dict["NAME"]
    if connection.vendor == "sqlite":
        database = str(folder.parent / "copy.sqlite3")
        with connection.cursor() as cursor:
            cursor.execute("VACUUM INTO %s", [database])
    url = (
        f"sqlite:///{database}"
        if connection.vendor == "sqlite"
        else f"postgres://{{USER}}:{{PASSWORD}}@{{HOST}}:{{PORT}}/{database}".format(
            **connection.settings_dict
        )
    )
    script = KILLED_JOB.format(
        folders=(settings.SIMILARITY_DIR, settings.SIMILARITY_STATE_DIR), place=place
    )
    environment = os.environ | {"DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "sidepro.settings"}
    job = subprocess.run([sys.executable, "-c", script], env=environment, check=False)
    assert job.returncode == -signal.SIGKILL
    wait_for_free_lock()
    if place != "before the state is saved":
        assert parts(folder) == before
    build()
    after = parts(folder)
    assert after != before
    assert build(full=True).kind == "full"
    assert parts(folder) == after
    assert len([path for path in folder.iterdir() if path.is_dir()]) == 2


def test_the_files_agree_with_scikit_learn_and_the_command_says_if_not(capsys, monkeypatch):
    crowd(200)
    person("Python")
    call_command("build_similarity", "--verify", "50")
    assert "50 users agree with scikit-learn" in capsys.readouterr().out
    read = generations.read_part
    monkeypatch.setattr(
        generations, "read_part", lambda *args: read(*args).replace(b",1.0000", b",0.9990")
    )
    with pytest.raises(CommandError, match="other neighbours"):
        call_command("build_similarity", "--verify", "50")
