"""The base data as SQL is what the migrations load."""

import re
from pathlib import Path

import pytest
from django.db import connection

from user.models import Skill, SkillName

SQL = (Path(__file__).parent.parent / "set_basedb.sql").read_text("utf-8")


def rows() -> tuple[set[tuple[str, ...]], set[tuple[str, ...]]]:
    """The skills and their names."""
    return (
        set(Skill.objects.values_list("name", "slug", "category")),
        set(SkillName.objects.values_list("skill__name", "name", "key")),
    )


@pytest.mark.django_db
def test_loads_into_empty_tables_and_again_changes_nothing() -> None:
    migrated = rows()
    Skill.objects.all().delete()
    statements = re.sub(r"^--.*$", "", SQL, flags=re.MULTILINE).split(";\n")
    for _ in range(2):
        with connection.cursor() as cursor:
            for statement in filter(str.strip, statements):
                cursor.execute(statement)
        assert rows() == migrated
