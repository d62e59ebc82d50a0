"""Expressions for the columns that a card shows of other tables."""

import json
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import JSONField, Subquery
from django.db.models.sql.compiler import SQLCompiler


class FixedSubquery(Subquery):
    """A subquery without values of its own: its SQL is written once and then remembered.

    Django writes a query's SQL again each time: a page of cards then takes 1.17 times as long
    (`bench.prices`).
    """

    def __init__(self, queryset: Any, **extra: Any) -> None:
        super().__init__(queryset, **extra)
        # shared with the copies that queries make of this expression
        self._remembered: dict[tuple[str, str], tuple[str, tuple[Any, ...]]] = {}

    def as_sql(  # type: ignore[override]
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **extra: Any
    ) -> tuple[str, tuple[Any, ...]]:
        """The SQL for this database and this name of the outer table."""
        key = (connection.vendor, str(compiler.query.get_initial_alias()))
        if key not in self._remembered:
            sql, params = super().as_sql(compiler, connection, **extra)
            self._remembered[key] = sql, tuple(params)
        return self._remembered[key]


class ListSubquery(FixedSubquery):
    """The column `item` of a subquery's rows as a list, in their order."""

    template = "ARRAY(%(subquery)s)"

    def __init__(self, queryset: Any, **extra: Any) -> None:
        super().__init__(queryset, output_field=_ListField(), **extra)

    def as_sqlite(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **extra: Any
    ) -> Any:
        """The list as JSON text."""
        template = "(SELECT json_group_array(item) FROM (%(subquery)s))"
        return self.as_sql(compiler, connection, template=template, **extra)


class ObjectsSubquery(ListSubquery):
    """The column `item`, JSON objects, of a subquery's rows as a list, in their order."""

    template = "(SELECT COALESCE(jsonb_agg(item), '[]') FROM (%(subquery)s) rows)"

    def as_sqlite(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **extra: Any
    ) -> Any:
        """SQLite forgets that a subquery's column is JSON."""
        template = "(SELECT json_group_array(json(item)) FROM (%(subquery)s))"
        return self.as_sql(compiler, connection, template=template, **extra)


class _ListField(JSONField):
    """Reads PostgreSQL's arrays as they come and SQLite's as JSON."""

    def from_db_value(self, value: Any, expression: Any, connection: BaseDatabaseWrapper) -> Any:
        return json.loads(value) if isinstance(value, str) else value

    def select_format(self, compiler: SQLCompiler, sql: str, params: Any) -> Any:
        return sql, params
