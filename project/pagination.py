"""Keyset pagination: pages by the position of their last row, not by counting rows.

A page starts right after (or before) a row's key, so that it costs the same anywhere in the list,
and rows that others add or remove meanwhile neither repeat nor hide any.
"""

import binascii
import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError as DjangoValidationError
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import BooleanField, F, Func, Model, QuerySet, Value
from django.db.models.sql.compiler import SQLCompiler
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


# What `?ordering=` of the board takes.
BOARD_ORDERINGS = {
    "newest": Ordering("created_at"),
    "views": Ordering("view_count"),
    "popular": Ordering("bookmark_count"),
}
OLDEST_FIRST = Ordering("created_at", descending=False)


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
    """Where a page starts: next to the row with this key, which is not part of it."""

    ordering: Ordering
    forward: bool
    value: Any
    pk: int

    def encode(self) -> str:
        """The opaque text that stands in links."""
        key = [self.ordering.field, self.forward, str(self.value), self.pk]
        return urlsafe_b64encode(json.dumps(key).encode()).decode().rstrip("=")

    @classmethod
    def decode(cls, text: str, ordering: Ordering, model: type[Model]) -> "Cursor":
        """Read a link's cursor. Raises ValidationError (400) for any other text."""
        try:
            padded = text.encode("ascii") + b"=" * (-len(text) % 4)
            field, forward, value, pk = json.loads(urlsafe_b64decode(padded))
            if field != ordering.field or type(forward) is not bool or type(pk) is not int:
                raise ValueError("not a cursor of this list")
            if not -(2**63) <= pk < 2**63:
                raise ValueError("not a key")
            column = model._meta.get_field(field)  # noqa: SLF001 - Django's public API
            value = column.clean(value, None)  # type: ignore[union-attr]
        except (ValueError, TypeError, RecursionError, binascii.Error, DjangoValidationError):
            raise ValidationError(
                {CURSOR_PARAM: "이 목록의 커서가 아닙니다."}, code="cursor_invalid"
            ) from None
        return cls(ordering, forward, value, pk)

    def select(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """The rows on the cursor's side of its key."""
        column = queryset.model._meta.get_field(self.ordering.field)  # noqa: SLF001
        return queryset.filter(
            RowComparison(
                F(self.ordering.field),
                F("pk"),
                Value(self.value, output_field=column),
                Value(self.pk),
                operator="<" if self.ordering.descending == self.forward else ">",
            )
        )


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
        self.next_link = self.previous_link = None
        if page:
            if more or not forward:
                self.next_link = self.link(self.cursor_at(page[-1], ordering, forward=True))
            if more if not forward else cursor:
                self.previous_link = self.link(self.cursor_at(page[0], ordering, forward=False))
        elif cursor:
            self.link_back_from_nowhere(cursor)
        return page

    def link_back_from_nowhere(self, cursor: Cursor) -> None:
        """Everything behind the cursor has gone: lead back, to the cursor's own row as well."""
        step = 1 if cursor.ordering.descending == cursor.forward else -1
        back = Cursor(cursor.ordering, not cursor.forward, cursor.value, cursor.pk - step)
        if cursor.forward:
            self.previous_link = self.link(back)
        else:
            self.next_link = self.link(back)

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
        if not (text.isascii() and text.isdigit() and 1 <= int(text[:9]) <= self.max_page_size):
            raise ValidationError(
                {PAGE_SIZE_PARAM: f"1부터 {self.max_page_size}까지의 수여야 합니다."},
                code="page_size_invalid",
            )
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
