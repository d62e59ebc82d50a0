"""The index of the board's order "trending", built while people write.

A version before built it in `0007_trending`; where it has, there is nothing left to do.
"""

from django.db import migrations, models

CREATE = """
CREATE INDEX {concurrently} IF NOT EXISTS project_trending
ON project_project (trending DESC, id DESC) WHERE NOT is_hidden
"""
DROP = "DROP INDEX {concurrently} IF EXISTS project_trending"


def execute(sql):
    """The step that runs it; SQLite knows no other way to build an index than its own."""

    def run(apps, schema_editor):
        concurrently = "CONCURRENTLY" if schema_editor.connection.vendor == "postgresql" else ""
        schema_editor.execute(sql.format(concurrently=concurrently))

    return run


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("project", "0008_drafts")]

    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.RunPython(execute(CREATE), execute(DROP))],
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
