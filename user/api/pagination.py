"""Keyset pagination: pages by the position of their last row, not by counting rows.

A page starts right after (or before) a row's key, so that it costs the same anywhere in the list,
and rows that others add or remove in the meantime neither repeat nor hide any.
"""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from django.core.exceptions import ValidationError as DjangoValidationError
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import BooleanField, F, Func, Model, QuerySet, Value
from django.db.models.sql.compiler import SQLCompiler
from django.utils.translation import gettext as _
from rest_framework.exceptions import ValidationError
from rest_framework.pagination import BasePagination
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.utils.urls import replace_query_param
from rest_framework.views import APIView

CURSOR_PARAM = "cursor"
PAGE_SIZE_PARAM = "page_size"


@dataclass(frozen=True)
class Ordering:
    """A total order: by a field, then by the primary key, both in one direction."""

    field: str
    descending: bool = True


class RowComparison(Func):
    """`(field, id) < (value, id)`: one comparison of pairs, which an index over both serves.

    Written as `a < x OR (a = x AND b < y)` it would not be (PostgreSQL manual, 9.25.5).
    """

    output_field = BooleanField()
    conditional = True

    def as_sql(  # type: ignore[override]
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **extra: Any
    ) -> tuple[str, tuple[Any, ...]]:
        """The comparison of the first two expressions with the last two."""
        parts = [compiler.compile(expression) for expression in self.source_expressions]
        (a, b, x, y) = (sql for sql, _ in parts)
        params = tuple(param for _, part in parts for param in part)
        return f"({a}, {b}) {self.extra['operator']} ({x}, {y})", params


@dataclass(frozen=True)
class Cursor:
    """Where a page starts: next to the row with this key, or (`inclusive`) with that row."""

    ordering: Ordering
    forward: bool
    value: Any
    pk: Any
    inclusive: bool = False

    def encode(self) -> str:
        """The opaque text that stands in links."""
        key = [self.ordering.field, self.forward, self.inclusive, str(self.value), str(self.pk)]
        return urlsafe_b64encode(json.dumps(key).encode()).decode().rstrip("=")

    @classmethod
    def decode(cls, text: str, ordering: Ordering, model: type[Model]) -> "Cursor":
        """Read a link's cursor. Raises ValidationError (400) for any other text."""
        try:
            padded = text.encode("ascii") + b"=" * (-len(text) % 4)
            field, forward, inclusive, value, pk = json.loads(urlsafe_b64decode(padded))
            if field != ordering.field or {type(forward), type(inclusive)} != {bool}:
                raise ValueError("not a cursor of this list")
            return cls(
                ordering,
                forward,
                _column_value(model, field, value),
                _column_value(model, _pk_name(model), pk),
                inclusive,
            )
        except (ValueError, TypeError, OverflowError, RecursionError, DjangoValidationError):
            raise ValidationError(
                {CURSOR_PARAM: _("이 목록의 커서가 아니에요.")}, code="cursor_invalid"
            ) from None

    def select(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """The rows on the cursor's side of its key."""
        model = queryset.model
        operator = "<" if self.ordering.descending == self.forward else ">"
        return queryset.filter(
            RowComparison(
                F(self.ordering.field),
                F("pk"),
                Value(self.value, output_field=_column(model, self.ordering.field)),
                Value(self.pk, output_field=_column(model, _pk_name(model))),
                operator=operator + "=" * self.inclusive,
            )
        )

    def back(self) -> "Cursor":
        """The cursor that leads from here the other way, the row with this key included."""
        return replace(self, forward=not self.forward, inclusive=not self.inclusive)


class KeysetPagination(BasePagination):
    """`{results, next, previous}` in the order that the view's `get_ordering()` names."""

    page_size = 20
    max_page_size = 50

    def paginate_queryset(  # type: ignore[override]
        self, queryset: QuerySet[Any], request: Request, view: APIView
    ) -> list[Any]:
        """The rows of the page that the request asks for. Raises ValidationError (400)."""
        self.request = request
        ordering: Ordering = view.get_ordering()  # type: ignore[attr-defined]
        text = request.query_params.get(CURSOR_PARAM)
        cursor = Cursor.decode(text, ordering, queryset.model) if text else None
        forward = cursor is None or cursor.forward
        sign = "-" if ordering.descending == forward else ""
        rows = queryset.order_by(f"{sign}{ordering.field}", f"{sign}pk")
        if cursor:
            rows = cursor.select(rows)
        size = self.get_page_size(request)
        page = list(rows[: size + 1])
        more = len(page) > size
        page = page[:size] if forward else page[:size][::-1]
        # The row that a page was reached from lies on its other side.
        has_next, has_previous = (more, cursor is not None) if forward else (True, more)
        self.next_link = self.previous_link = None
        if page:
            if has_next:
                self.next_link = self.link(self.cursor_at(page[-1], ordering, forward=True))
            if has_previous:
                self.previous_link = self.link(self.cursor_at(page[0], ordering, forward=False))
        elif cursor and cursor.forward:  # all that was here has gone: lead back
            self.previous_link = self.link(cursor.back())
        elif cursor:
            self.next_link = self.link(cursor.back())
        return page

    def cursor_at(self, row: Any, ordering: Ordering, *, forward: bool) -> Cursor:
        """The cursor that leads on from a row."""
        return Cursor(ordering, forward, getattr(row, ordering.field), row.pk)

    def link(self, cursor: Cursor) -> str:
        """The address of the page at a cursor, with all else as it was asked."""
        url = self.request.build_absolute_uri()
        return replace_query_param(url, CURSOR_PARAM, cursor.encode())

    def get_page_size(self, request: Request) -> int:
        """Rows a page, from 1 to `max_page_size`. Raises ValidationError (400)."""
        text = request.query_params.get(PAGE_SIZE_PARAM, str(self.page_size))
        digits = text.isascii() and text.isdigit() and len(text) < 10
        if not (digits and 1 <= int(text) <= self.max_page_size):
            message = _("1부터 %(most)d까지의 수를 적어 주세요.") % {"most": self.max_page_size}
            raise ValidationError({PAGE_SIZE_PARAM: message}, code="page_size_invalid")
        return int(text)

    def get_paginated_response(self, data: Any) -> Response:
        """The page with its links."""
        return Response({"results": data, "next": self.next_link, "previous": self.previous_link})

    def get_paginated_response_schema(self, schema: dict[str, Any]) -> dict[str, Any]:
        """The page's shape, for the API's documentation."""
        link = {"type": "string", "format": "uri", "nullable": True}
        return {
            "type": "object",
            "required": ["results", "next", "previous"],
            "properties": {"results": schema, "next": link, "previous": link},
        }

    def get_schema_operation_parameters(self, view: APIView) -> list[dict[str, Any]]:
        """The query parameters, for the API's documentation."""
        return [
            {
                "name": CURSOR_PARAM,
                "in": "query",
                "schema": {"type": "string"},
                "description": "From `next` or `previous`; opaque.",
            },
            {
                "name": PAGE_SIZE_PARAM,
                "in": "query",
                "schema": {
                    "type": "integer",
                    "minimum": 1,
                    "maximum": self.max_page_size,
                    "default": self.page_size,
                },
            },
        ]


def _column(model: type[Model], name: str) -> Any:
    return model._meta.get_field(name)  # noqa: SLF001 - Django's public API


def _pk_name(model: type[Model]) -> str:
    return model._meta.pk.name  # noqa: SLF001 - Django's public API


def _column_value(model: type[Model], name: str, text: Any) -> Any:
    """What a column holds, from its text. Raises ValueError or a ValidationError of Django's."""
    if not isinstance(text, str):
        raise TypeError("a key is written as text")
    value = _column(model, name).clean(text, None)
    if isinstance(value, datetime):
        if value.tzinfo is None:
            raise ValueError("a time without its offset")
        value = value.astimezone(UTC)  # beyond the calendar it raises OverflowError
    return value
