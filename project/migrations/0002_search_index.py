"""The index of text search on PostgreSQL (see project/models/search.py); SQLite scans instead."""

from django.db import migrations

CREATE_FUNCTION = """
CREATE FUNCTION project_search_grams(txt text) RETURNS text[]
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
    SELECT coalesce(array_agg(DISTINCT substr(txt, start, size)), '{}')
    FROM generate_series(1, char_length(txt)) AS start, (VALUES (1), (2)) AS sizes (size)
$$
"""
CREATE_INDEX = """
CREATE INDEX project_search_grams_gin ON project_project
USING gin (project_search_grams(search_text)) WHERE NOT is_hidden
"""


def create(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(CREATE_FUNCTION)
        schema_editor.execute(CREATE_INDEX)


def drop(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP INDEX project_search_grams_gin")
        schema_editor.execute("DROP FUNCTION project_search_grams(text)")


class Migration(migrations.Migration):
    dependencies = [("project", "0001_initial")]

    operations = [migrations.RunPython(create, drop)]
