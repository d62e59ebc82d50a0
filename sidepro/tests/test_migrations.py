"""Migrations that run while the version before still serves.

Before a deploy replaces the old containers, `migrate` has already run: the old code must go on
working with the new tables, and no table that people use may be locked for long. So a release
only adds; what is no longer used is removed one release later, by a migration named in ACCEPTED.
"""

import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from importlib import import_module
from io import StringIO
from typing import Any

import pytest
from django.apps import apps as django_apps
from django.contrib.postgres.operations import AddIndexConcurrently
from django.core.management import call_command
from django.db import OperationalError, connection, migrations, models
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.operations.base import Operation
from django.db.models import NOT_PROVIDED

from sidepro.management.commands import migrate

OUR_APPS = {"user", "moderation", "notification", "project", "chat"}
# The first release; nothing served before it.
FIRST_RELEASE = {
    "user": "0003",
    "moderation": "0000",
    "notification": "0000",
    "project": "0002",
    "chat": "0001",
}
# "app.0007_name": why this one may do what the rules forbid.
ACCEPTED: dict[str, str] = {
    "user.0014_people_search": "indexes are built concurrently; nothing old reads them",
    "user.0016_people_statistics": "statistics lock neither readers nor writers",
    "user.0017_more_skill_names": "it only adds rows to a small table",
    "user.0018_names_of_today": "it only adds rows to a small table",
    "project.0013_found_by_new_names": "it adds to what some projects are found by, in batches",
    "user.0004_email_and_preferences": "its constraints hold only columns that it adds",
    "user.0005_skill_slug": "130 rows that only the admin adds to, which waits for the deploy",
    "user.0006_username_has_a_letter": "what it alters is a validator, no column",
    "user.0007_skill_names": "a few hundred rows; its constraint holds only a column that it adds",
    "user.0009_people_newest": "accounts are rarely written, and read on while it builds",
    "user.0010_wording": "what it alters are sentences, no column",
    "user.0011_token_version_unused": "it sets a default, which rewrites nothing",
    "user.0015_drop_token_version": "the version before neither reads nor writes the column",
    "project.0004_text": "what it alters are validators and a label, no column",
    "project.0005_merge_skills": "a few doubles, whose users the old version finds under the other",
    "project.0006_search_content": "it rewrites what projects are found by, in small transactions",
    "project.0011_search_statistics": "its function gives the same; it locks nothing",
    "project.0009_trending_index": "its index is built concurrently",
}


REFUSED: tuple[tuple[tuple[type[Operation], ...], str], ...] = (
    ((migrations.RemoveField, migrations.DeleteModel), "the old version still reads it"),
    (
        (migrations.RenameField, migrations.RenameModel, migrations.AlterModelTable),
        "the old version knows only the old name",
    ),
    ((migrations.AlterField,), "it may lock the table, or refuse what the old version writes"),
    ((migrations.AddIndex,), "it locks the table while it is built: use AddIndexConcurrently"),
    ((migrations.AddConstraint,), "it locks the table, and may refuse what the old version writes"),
    ((migrations.RunSQL, migrations.RunPython), "nobody can tell what it does: see ACCEPTED"),
)


def problem(operation: Operation, new_models: set[str]) -> str | None:
    """What would break the running version; tables made in the same migration are free."""
    model = str(getattr(operation, "model_name", getattr(operation, "name", ""))).lower()
    if model in new_models or isinstance(operation, AddIndexConcurrently):
        return None
    if isinstance(operation, migrations.AddField):
        return _added(operation.field)
    if isinstance(operation, migrations.SeparateDatabaseAndState):
        inner = (problem(part, new_models) for part in operation.database_operations)
        return next(filter(None, inner), None)
    return next((why for kinds, why in REFUSED if isinstance(operation, kinds)), None)


def _added(field: "models.Field[Any, Any]") -> str | None:
    if field.many_to_many or field.null or field.db_default is not NOT_PROVIDED:
        return "the table is locked while the index is built" if field.unique else None
    return "the old version does not fill the new column: give it null=True or db_default"


def problems(migration: migrations.Migration) -> Iterator[str]:
    """What a migration does that it must not."""
    made = {
        operation.name.lower()
        for operation in migration.operations
        if isinstance(operation, migrations.CreateModel)
    }
    for operation in migration.operations:
        found = problem(operation, made)
        if found:
            yield f"{migration.app_label}.{migration.name}: {operation.describe()}: {found}"


def later_migrations() -> Iterator[migrations.Migration]:
    """Ours since the first release."""
    for (app, name), migration in MigrationLoader(None).disk_migrations.items():
        if app in OUR_APPS and name[:4] > FIRST_RELEASE[app]:
            yield migration


def test_the_version_before_goes_on_working_while_and_after_migrating():
    found = [
        text
        for migration in later_migrations()
        if f"{migration.app_label}.{migration.name}" not in ACCEPTED
        for text in problems(migration)
    ]
    assert not found, "\n".join(found)


def test_accepted_migrations_exist_and_have_a_reason():
    names = {f"{migration.app_label}.{migration.name}" for migration in later_migrations()}
    assert ACCEPTED.keys() <= names
    assert all(len(reason) > 20 for reason in ACCEPTED.values())


@pytest.mark.django_db
def test_every_column_is_a_models():
    with connection.cursor() as cursor:
        for model in django_apps.get_models():
            table = model._meta.db_table
            columns = connection.introspection.get_table_description(cursor, table)
            fields = {field.column for field in model._meta.local_concrete_fields}
            assert {column.name for column in columns} == fields, table


TEXT = models.CharField(max_length=9)


@pytest.mark.parametrize(
    "operation",
    [
        migrations.RemoveField("room", "topic"),
        migrations.DeleteModel("Room"),
        migrations.RenameField("room", "topic", "subject"),
        migrations.RenameModel("Room", "Place"),
        migrations.AlterModelTable("room", "place"),
        migrations.AddField("room", "topic", TEXT),
        migrations.AddField("room", "topic", models.CharField(max_length=9, default="x")),
        migrations.AddField("room", "topic", models.CharField(null=True, unique=True)),
        migrations.AlterField("room", "topic", TEXT),
        migrations.AddIndex("room", models.Index(fields=["topic"], name="topic")),
        migrations.AddConstraint("room", models.UniqueConstraint(fields=["topic"], name="topic")),
        migrations.RunSQL("DROP TABLE chat_room"),
        migrations.SeparateDatabaseAndState([migrations.RemoveField("room", "topic")]),
    ],
    ids=lambda operation: type(operation).__name__,
)
def test_what_would_break_the_version_before_is_refused(operation):
    assert problem(operation, set())


@pytest.mark.parametrize(
    "operation",
    [
        migrations.CreateModel("Place", []),
        migrations.AddField("room", "topic", models.CharField(max_length=9, null=True)),
        migrations.AddField("room", "topic", models.CharField(max_length=9, db_default="")),
        AddIndexConcurrently("room", models.Index(fields=["topic"], name="topic")),
        migrations.RemoveIndex("room", "topic"),
        migrations.AlterModelOptions("room", {"ordering": ["pk"]}),
    ],
    ids=lambda operation: type(operation).__name__,
)
def test_what_the_version_before_does_not_notice_is_allowed(operation):
    assert problem(operation, set()) is None


def test_a_table_of_the_same_migration_may_be_changed():
    index = migrations.AddIndex("place", models.Index(fields=["topic"], name="topic"))
    assert problem(index, {"place"}) is None


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_migrating_gives_up_on_a_table_in_use_and_tries_again(monkeypatch, capsys):
    seen = []

    def handle(self, *args, **options):
        with connection.cursor() as cursor:
            cursor.execute("SHOW lock_timeout")
            seen.append(cursor.fetchone()[0])
        if len(seen) < 3:
            raise OperationalError("canceling statement due to lock timeout")

    monkeypatch.setattr("django.core.management.commands.migrate.Command.handle", handle)
    monkeypatch.setattr(migrate, "PAUSE", 0)
    call_command("migrate")
    assert seen == ["5s"] * 3
    assert "A table is in use" in capsys.readouterr().err
    with connection.cursor() as cursor:
        cursor.execute("SHOW lock_timeout")
        assert cursor.fetchone()[0] == "0"


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("migration", "index"),
    [
        ("project.migrations.0009_trending_index", "project_trending"),
        ("user.migrations.0014_people_search", "user_username_grams"),
    ],
)
def test_an_index_whose_building_was_interrupted_is_built_again(migration, index):
    valid = "SELECT indisvalid FROM pg_index WHERE indexrelid = to_regclass(%s)"
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE pg_index SET indisvalid = false WHERE indexrelid = to_regclass(%s)", [index]
        )
        with connection.schema_editor(atomic=False) as editor:
            import_module(migration).create(None, editor)
        cursor.execute(valid, [index])
        assert cursor.fetchone() == (True,)


def test_migrating_fails_at_once_for_another_reason(db, monkeypatch):
    calls = []

    def handle(self, *args, **options):
        calls.append(1)
        raise OperationalError("disk full")

    monkeypatch.setattr("django.core.management.commands.migrate.Command.handle", handle)
    with pytest.raises(OperationalError, match="disk full"):
        call_command("migrate")
    assert calls == [1]


@pytest.mark.postgres
def test_who_comes_while_another_migrates_waits_and_then_finds_nothing_to_do(
    transactional_db, monkeypatch
):
    begun, running, most = threading.Barrier(3), [], []
    migrate_really = migrate.migrate.Command.handle

    def slow(self, *args, **options):
        running.append(1)
        most.append(len(running))
        time.sleep(0.3)
        migrate_really(self, *args, **options)
        running.pop()

    monkeypatch.setattr(migrate.migrate.Command, "handle", slow)

    def one():
        begun.wait()
        said = StringIO()
        call_command("migrate", verbosity=0, stderr=said)
        connection.close()
        return said.getvalue()

    with ThreadPoolExecutor(3) as pool:
        said = [job.result(30) for job in [pool.submit(one) for _ in range(3)]]
    assert most == [1, 1, 1]
    assert sum("waiting" in text for text in said) == 2
