"""What the lists of the admin share: they stay quick on big tables, and say what was done."""

from collections.abc import Collection
from typing import Any

from django.contrib import messages
from django.contrib.admin import ModelAdmin
from django.contrib.admin.models import CHANGE, LogEntry
from django.core.paginator import Paginator
from django.db import models
from django.db.models import Count, OuterRef, Subquery
from django.http import HttpRequest
from django.utils.functional import cached_property

MOST_ROWS = 10_000


def number_of(model: type[Any], relation: str) -> Subquery:
    """How many rows of a relation each row has, looked up for the rows that are shown only."""
    rows = model.objects.filter(pk=OuterRef("pk")).order_by()
    return Subquery(rows.annotate(n=Count(relation)).values("n"))


class CappedPaginator(Paginator[Any]):
    """Counts and shows the first `MOST_ROWS` rows; who looks for more searches or filters."""

    @cached_property
    def count(self) -> int:
        """The number of rows, but no more than `MOST_ROWS`."""
        rows: Any = self.object_list
        return int(rows.order_by().values("pk")[:MOST_ROWS].count())


class ListAdmin(ModelAdmin[Any]):
    """A model in the admin, whose list costs the same however many rows there are."""

    paginator = CappedPaginator
    show_full_result_count = False
    list_per_page = 50
    formfield_overrides = {models.URLField: {"assume_scheme": "https"}}

    def note(self, request: HttpRequest, rows: Collection[models.Model], what: str) -> None:
        """Write what a moderator did with these rows into the admin's log, and tell them."""
        LogEntry.objects.log_actions(request.user.pk, rows, CHANGE, what)  # type: ignore[arg-type]
        self.message_user(request, f"{what}: {len(rows)}", messages.SUCCESS)


class ReadOnlyAdmin(ListAdmin):
    """Rows that the program makes: looked at, and deleted by those who may, never written here."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Not allowed."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Not allowed."""
        return False
