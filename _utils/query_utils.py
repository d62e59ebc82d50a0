"""A query debugger: what a piece of code asks the database, and what it asks again and again.

@debug_queries
def my_view(request): ...

with debug_queries() as queries:
    list(Project.objects.all())
assert queries.count == 1
"""

import inspect
import re
import sys
import time
from collections import defaultdict
from collections.abc import Callable
from contextlib import ContextDecorator, ExitStack
from functools import wraps
from typing import Any, Self, TextIO

from asgiref.sync import sync_to_async
from django.db import connections

# Literals, and lists of placeholders of any length, say nothing about a query's shape.
_LITERAL = re.compile(r"'(?:[^']|'')*'|\b\d+\b|%s")
_LIST = re.compile(r"\?(?:, \?)+")


def shape(sql: str) -> str:
    """A query without its values: equal for the queries of an N+1."""
    return _LIST.sub("?…", _LITERAL.sub("?", " ".join(sql.split())))


class QueryLog(ContextDecorator):
    """Notes the queries of all connections of this thread and prints a table at the end."""

    def __init__(self, title: str = "", out: TextIO | None = None) -> None:
        self.title, self._out = title, out
        self.queries: list[tuple[str, float]] = []
        self._wrappers = ExitStack()

    def _recreate_cm(self) -> Self:
        """Each call of a decorated function has a log of its own."""
        return type(self)(self.title, self._out)

    def __enter__(self) -> Self:
        for connection in connections.all():
            self._wrappers.enter_context(connection.execute_wrapper(self._note))
        return self

    def __exit__(self, *_: object) -> None:
        self._wrappers.close()
        print(self.table(), file=self._out or sys.stderr)

    async def __aenter__(self) -> Self:
        # asynchronous code asks the database in a thread of its own, which has its own connections
        return await sync_to_async(self.__enter__)()

    async def __aexit__(self, *_: object) -> None:
        await sync_to_async(self.__exit__)()

    def _note(self, execute: Callable[..., Any], sql: str, params: Any, *rest: Any) -> Any:
        start = time.perf_counter()
        try:
            return execute(sql, params, *rest)
        finally:
            self.queries.append((sql, time.perf_counter() - start))

    @property
    def count(self) -> int:
        """How many queries there were."""
        return len(self.queries)

    @property
    def seconds(self) -> float:
        """How long they took together."""
        return sum(seconds for _, seconds in self.queries)

    def by_shape(self) -> list[tuple[int, float, str]]:
        """Count, seconds and shape of each kind of query, the most repeated first."""
        groups: dict[str, list[float]] = defaultdict(list)
        for sql, seconds in self.queries:
            groups[shape(sql)].append(seconds)
        rows = [(len(times), sum(times), form) for form, times in groups.items()]
        return sorted(rows, key=lambda row: (-row[0], -row[1]))

    @property
    def repeated(self) -> list[tuple[int, float, str]]:
        """The kinds that came more than once: look here for an N+1."""
        return [row for row in self.by_shape() if row[0] > 1]

    def table(self, width: int = 110) -> str:
        """The kinds of queries as text."""
        lines = [
            f"{self.title or 'queries'}: {self.count} queries in {self.seconds * 1000:.1f} ms, "
            f"{len(self.repeated)} kinds came more than once",
            " times       ms  query",
        ]
        for times, seconds, form in self.by_shape():
            text = form if len(form) <= width else f"{form[: width - 1]}…"
            lines.append(f"{'!' if times > 1 else ' '}{times:5} {seconds * 1000:8.1f}  {text}")
        return "\n".join(lines)


def debug_queries(
    function: Callable[..., Any] | None = None, *, title: str = "", out: TextIO | None = None
) -> Any:
    """Note the queries of the decorated function, or of a `with` block when none is given."""
    if function is None:
        return QueryLog(title, out)
    title = title or function.__qualname__
    if not inspect.iscoroutinefunction(function):
        return QueryLog(title, out)(function)

    @wraps(function)
    async def noted(*args: Any, **kwargs: Any) -> Any:
        async with QueryLog(title, out):
            return await function(*args, **kwargs)

    return noted
