"""`manage.py backup` and `manage.py restore`, with real databases of their own."""

import os
import subprocess
import sys
import tarfile
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import environ
import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.utils import ConnectionHandler
from pytest_django import Settings

from sidepro.operation import backup


class Site:
    """An installation with a database of its own."""

    def __init__(self, database_url: str) -> None:
        self.database_url = database_url
        found = environ.Env.db_url_config(database_url)
        self.connection = ConnectionHandler({"default": found})["default"]

    def add(self, skill: str) -> None:
        """Write something."""
        with self.connection.cursor() as cursor:
            cursor.execute("INSERT INTO user_skill (name, slug) VALUES (%s, %s)", [skill, skill])

    def remove_all(self) -> None:
        """Lose everything."""
        with self.connection.cursor() as cursor:
            cursor.execute("DELETE FROM user_skillname")
            cursor.execute("DELETE FROM user_skill")

    def skills(self) -> list[str]:
        """What is there."""
        with self.connection.cursor() as cursor:
            cursor.execute("SELECT name FROM user_skill WHERE name LIKE 'test-%'")
            return sorted(name for (name,) in cursor.fetchall())


def migrated(database_url: str, folder: Path) -> Site:
    """A site with all tables."""
    env = os.environ | {"DATABASE_URL": database_url, "VAR_DIR": str(folder)}
    command = (sys.executable, "manage.py", "migrate", "-v", "0")
    subprocess.run(command, cwd=settings.BASE_DIR, env=env, check=True)
    return Site(database_url)


@pytest.fixture(scope="module")
def sqlite_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    folder = tmp_path_factory.mktemp("sqlite")
    site = migrated(f"sqlite:///{folder}/db.sqlite3", folder)
    yield site
    site.connection.close()


@pytest.fixture(scope="module")
def postgres_site(
    django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Site]:
    found = connection.settings_dict
    name = f"sidepro_backup_{uuid.uuid4().hex[:12]}"
    login = ":".join(quote(part, safe="") for part in (found["USER"], found["PASSWORD"]) if part)
    with django_db_blocker.unblock():
        with connection._nodb_cursor() as cursor:
            cursor.execute(f"CREATE DATABASE {name}")
        address = f"{found['HOST']}:{found['PORT'] or 5432}"
        site = migrated(f"postgres://{login}@{address}/{name}", tmp_path_factory.mktemp("postgres"))
        yield site
        site.connection.close()
        with connection._nodb_cursor() as cursor:
            cursor.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def site(
    request: pytest.FixtureRequest,
    db: None,
    settings: Settings,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Site:
    """The site that the commands work on; it holds `test-kept` and a picture."""
    found: Site = request.getfixturevalue(f"{request.param}_site")
    settings.VAR_DIR = tmp_path / "var"
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.MEDIA_ROOT.mkdir()
    settings.VAR_DIR.mkdir()
    (settings.MEDIA_ROOT / "picture.webp").write_bytes(b"picture")
    monkeypatch.setattr(backup, "connection", found.connection)
    found.remove_all()
    found.add("test-kept")
    return found


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Where the backup goes."""
    return tmp_path / "backups" / "backup.tar"


def test_what_was_backed_up_comes_back_and_what_came_later_is_gone(site, settings, file):
    call_command("backup", to=file, verbosity=0)
    assert file.stat().st_mode & 0o077 == 0
    assert [path.name for path in file.parent.iterdir()] == ["backup.tar"]
    site.add("test-later")
    (settings.MEDIA_ROOT / "picture.webp").unlink()
    call_command("restore", file, yes=True)
    assert site.skills() == ["test-kept"]
    assert (settings.MEDIA_ROOT / "picture.webp").read_bytes() == b"picture"
    site.add("test-new")  # the numbering goes on where it was
    assert site.skills() == ["test-kept", "test-new"]


def test_a_database_with_content_is_not_replaced_by_accident(site, file):
    call_command("backup", to=file)
    site.add("test-later")
    with pytest.raises(CommandError, match="--yes"):
        call_command("restore", file)
    assert site.skills() == ["test-kept", "test-later"]


def test_a_damaged_database_in_the_backup_changes_nothing(site, file, tmp_path):
    call_command("backup", to=file)
    parts = tmp_path / "parts"
    with tarfile.open(file) as archive:
        archive.extractall(parts)
    dump = parts / "database"
    size = dump.stat().st_size
    os.truncate(dump, size - size // 4)
    with tarfile.open(file, "w") as archive:
        archive.add(parts, ".")
    with pytest.raises(CommandError):
        call_command("restore", file, yes=True)
    assert site.skills() == ["test-kept"]


@pytest.mark.parametrize("content", [None, b"", b"no archive"])
def test_a_file_that_is_no_backup_is_refused_in_a_sentence(site, tmp_path, content):
    other = tmp_path / "other.tar"
    if content is not None:
        other.write_bytes(content)
    with pytest.raises(CommandError, match="is no whole backup"):
        call_command("restore", other, yes=True)
    assert site.skills() == ["test-kept"]


def test_restoring_needs_no_newer_python_than_the_one_that_is_supported(site, file, monkeypatch):
    def without_filter(self, path=".", members=None, *, numeric_owner=False):
        """As before Python 3.11.4."""

    call_command("backup", to=file)
    monkeypatch.setattr(tarfile.TarFile, "extractall", without_filter)
    site.add("test-later")
    call_command("restore", file, yes=True)
    assert site.skills() == ["test-kept"]


def test_a_backup_whose_names_lead_elsewhere_is_refused(site, file, tmp_path):
    call_command("backup", to=file)
    with tarfile.open(file, "a") as archive:
        archive.addfile(tarfile.TarInfo("../../elsewhere"))
    with pytest.raises(CommandError, match="elsewhere leads elsewhere"):
        call_command("restore", file, yes=True)
    assert site.skills() == ["test-kept"]


def test_a_backup_that_fails_leaves_no_file(site, file, monkeypatch):
    def full(*args, **kwargs):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("sidepro.operation.backup.os.fsync", full)
    with pytest.raises(CommandError, match="No space left"):
        call_command("backup", to=file)
    assert list(file.parent.iterdir()) == []


@pytest.mark.postgres
def test_the_programs_of_postgres_are_named_when_they_are_missing(db, file, monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(CommandError, match="install postgresql-client"):
        call_command("backup", to=file)
