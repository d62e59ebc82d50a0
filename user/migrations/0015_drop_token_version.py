from django.db import migrations

TABLE, COLUMN = "user_user", "token_version"


def drop(apps, schema_editor):
    """SQLite has lost the column already wherever the table was rebuilt since it left the state."""
    connection = schema_editor.connection
    with connection.cursor() as cursor:
        columns = connection.introspection.get_table_description(cursor, TABLE)
    if COLUMN in {column.name for column in columns}:
        schema_editor.execute(f"ALTER TABLE {TABLE} DROP COLUMN {COLUMN}")


def bring_back(apps, schema_editor):
    schema_editor.execute(f"ALTER TABLE {TABLE} ADD COLUMN {COLUMN} integer DEFAULT 0 NOT NULL")


class Migration(migrations.Migration):
    """Drop a column that the version before neither reads nor writes (0011)."""

    dependencies = [("user", "0014_people_search")]

    operations = [migrations.RunPython(drop, bring_back)]
