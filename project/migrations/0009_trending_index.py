"""The index of the board's order "trending", built while people write.

A version before built it in `0007_trending`. It is built again in any case: an attempt that was
interrupted leaves one that PostgreSQL keeps up to date and never uses.
"""

from django.db import migrations, models

CREATE = """
CREATE INDEX {concurrently} project_trending
ON project_project (trending DESC, id DESC) WHERE NOT is_hidden
"""
DROP = "DROP INDEX {concurrently} IF EXISTS project_trending"


def create(apps, schema_editor):
    drop(apps, schema_editor)
    execute(CREATE, schema_editor)


def drop(apps, schema_editor):
    execute(DROP, schema_editor)


def execute(sql, schema_editor):
    """SQLite knows no other way to build an index than its own."""
    concurrently = "CONCURRENTLY" if schema_editor.connection.vendor == "postgresql" else ""
    schema_editor.execute(sql.format(concurrently=concurrently))


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("project", "0008_drafts")]

    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.RunPython(create, drop)],
            state_operations=[
                migrations.AddIndex(
                    "project",
                    models.Index(
                        models.F("trending").desc(),
                        models.F("id").desc(),
                        condition=models.Q(is_hidden=False),
                        name="project_trending",
                    ),
                ),
            ],
        ),
    ]
