"""The base data as SQL is what the migrations load."""

import re
from importlib import import_module
from pathlib import Path

import pytest
from django.db import connection

from user.models import Skill

SQL = (Path(__file__).parent.parent / "set_basedb.sql").read_text("utf-8")
MIGRATED: list[str] = import_module("user.migrations.0002_skills").SKILLS


def test_names_what_the_migration_names() -> None:
    assert re.findall(r"^    \('(.*)', '.*'\)", SQL, re.MULTILINE) == MIGRATED


@pytest.mark.django_db
def test_loads_into_an_empty_table_and_again_changes_nothing() -> None:
    migrated = dict(Skill.objects.values_list("name", "slug"))
    Skill.objects.all().delete()
    statement = re.sub(r"^--.*$", "", SQL, flags=re.MULTILINE)
    for _ in range(2):
        with connection.cursor() as cursor:
            cursor.execute(statement)
        assert dict(Skill.objects.values_list("name", "slug")) == migrated
