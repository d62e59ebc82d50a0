"""Backups: one tar file with the database and, where they lie on this machine, the uploads.

PostgreSQL is written by `pg_dump` and SQLite by its own backup, both while the site is in use.
Uploads are copied after the database and restored before it: their names are random and never
reused, so that at any moment each row has its file.
"""

import json
import os
import shutil
import sqlite3
import subprocess
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from django.conf import settings
from django.core.management.base import CommandError
from django.db import connection
from django.utils import timezone

ABOUT = "about.json"
DATABASE = "database"
MEDIA = "media"

# Within the transaction of the restore: what is there goes, and comes back if anything fails.
EMPTY = """
DO $$ DECLARE t text; BEGIN
  FOR t IN SELECT format('%I.%I', schemaname, tablename) FROM pg_tables
           WHERE schemaname = current_schema()
  LOOP EXECUTE 'DROP TABLE IF EXISTS ' || t || ' CASCADE'; END LOOP;
END $$;
"""


def make(target: Path) -> None:
    """Write a backup that is there as a whole or not at all. Raises CommandError."""
    target.parent.mkdir(parents=True, exist_ok=True)
    media = Path(settings.MEDIA_ROOT)
    about = {"database": connection.vendor, "created_at": timezone.now().isoformat()}
    with _work_folder(target.parent) as work:
        dump = work / DATABASE
        _dump(dump)
        (work / ABOUT).write_text(json.dumps(about))
        whole = work / "backup.tar"
        with whole.open("wb") as file:
            with tarfile.open(fileobj=file, mode="w") as archive:
                archive.add(work / ABOUT, ABOUT)
                archive.add(dump, DATABASE)
                if not settings.AWS_STORAGE_BUCKET_NAME and media.is_dir():
                    archive.add(media, MEDIA)
            os.fsync(file.fileno())
        whole.chmod(0o600)  # it holds what people entrusted to the site
        whole.replace(target)


def restore(source: Path, *, overwrite: bool) -> None:
    """Bring back a backup, as a whole or not at all.

    Raises CommandError: among others, without `overwrite`, for a database that holds tables.
    """
    if not overwrite and connection.introspection.table_names():
        raise CommandError(
            "The database is not empty. With --yes it is replaced by the backup: what was written"
            " since will be gone."
        )
    connection.close()
    with _work_folder(Path(settings.VAR_DIR)) as work:
        try:
            _unpack(source, work)
            about = json.loads((work / ABOUT).read_text())
        except (OSError, tarfile.TarError, ValueError, EOFError) as error:
            raise CommandError(f"{source} is no whole backup: {error}") from None
        if about["database"] != connection.vendor:
            raise CommandError(
                f"The backup is of {about['database']}, and DATABASE_URL of {connection.vendor}."
            )
        if (work / MEDIA).is_dir():
            shutil.copytree(work / MEDIA, settings.MEDIA_ROOT, dirs_exist_ok=True)
        _load(work / DATABASE)
    from ai.similarity.state import StateFiles  # brings numpy

    # What the similarity job remembers is of another database.
    StateFiles(Path(settings.SIMILARITY_STATE_DIR)).forget()


def _unpack(source: Path, target: Path) -> None:
    """Write the archive's files into the folder, and nothing else: no links, no devices.

    Python before 3.11.4 has no filter that does so. Raises ValueError where a name leads elsewhere.
    """
    with tarfile.open(source) as archive:
        for member in archive:
            place = (target / member.name).resolve()
            if not place.is_relative_to(target.resolve()):
                raise ValueError(f"{member.name} leads elsewhere")
            if member.isfile() and (content := archive.extractfile(member)):
                place.parent.mkdir(parents=True, exist_ok=True)
                with content, place.open("wb") as file:
                    shutil.copyfileobj(content, file)


def _dump(target: Path) -> None:
    if connection.vendor == "sqlite":
        connection.close()
        with _sqlite(_sqlite_path()) as live, _sqlite(target) as copy:
            live.backup(copy)
        return
    _run("pg_dump", "--format=custom", "--no-owner", "--no-privileges", f"--file={target}")


def _load(source: Path) -> None:
    if connection.vendor == "sqlite":
        with _sqlite(source) as copy, _sqlite(_sqlite_path()) as live:
            if copy.execute("PRAGMA integrity_check").fetchone() != ("ok",):
                raise CommandError("The database in the backup is damaged.")
            copy.backup(live)
        return
    script = source.with_suffix(".sql")
    plain = ("--no-owner", "--no-privileges", "--clean", "--if-exists")
    _run("pg_restore", *plain, f"--file={script}", str(source))
    _run(
        "psql",
        "--no-psqlrc",
        "--quiet",
        "--output=/dev/null",
        "--set=ON_ERROR_STOP=1",
        "--single-transaction",
        f"--command={EMPTY}",
        f"--file={script}",
    )


@contextmanager
def _sqlite(path: Path) -> Iterator[sqlite3.Connection]:
    try:
        with closing(sqlite3.connect(path, timeout=20)) as database:
            yield database
    except sqlite3.Error as error:
        raise CommandError(f"SQLite: {error}") from None


def _sqlite_path() -> Path:
    return Path(connection.settings_dict["NAME"])


def _run(program: str, *arguments: str) -> None:
    """Run one of PostgreSQL's programs against the database of DATABASE_URL."""
    found = connection.settings_dict
    options = found.get("OPTIONS", {})
    values = {
        "PGHOST": found["HOST"],
        "PGPORT": found["PORT"],
        "PGUSER": found["USER"],
        "PGPASSWORD": found["PASSWORD"],
        "PGDATABASE": found["NAME"],
        "PGSSLMODE": options.get("sslmode"),
        "PGSSLROOTCERT": options.get("sslrootcert"),
        "PGCONNECT_TIMEOUT": "5",
        # Fail rather than wait for ever behind a site that was not stopped.
        "PGOPTIONS": "-c lock_timeout=10s -c client_min_messages=warning",
    }
    env = os.environ | {name: str(value) for name, value in values.items() if value}
    try:
        subprocess.run([program, *arguments], env=env, check=True, capture_output=True, text=True)  # noqa: S603
    except FileNotFoundError:
        raise CommandError(
            f"{program} is missing: install postgresql-client of the server's version or newer."
        ) from None
    except subprocess.CalledProcessError as error:
        raise CommandError(f"{program} failed: {error.stderr.strip()[-1000:]}") from None


@contextmanager
def _work_folder(parent: Path) -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix=".backup-", dir=parent) as name:
        yield Path(name)
