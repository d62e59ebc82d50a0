"""The query debugger counts, groups and prints."""

from io import StringIO

import pytest
from asgiref.sync import sync_to_async
from django.db import connections

from _utils.query_utils import debug_queries, shape
from project.models import Project
from project.tests.factories import ProjectFactory
from user.models import Skill


def test_values_do_not_change_a_shape() -> None:
    one = shape("SELECT a FROM t\n WHERE id = 1 AND name = 'it''s' AND x IN (1, 2, 3)")
    assert one == shape("SELECT a FROM t WHERE id = 42 AND name = 'you' AND x IN (4, 5)")
    assert one == "SELECT a FROM t WHERE id = ? AND name = ? AND x IN (?…)"


@pytest.mark.django_db
def test_block_counts_queries_and_names_an_n_plus_one() -> None:
    ProjectFactory.create_batch(3)
    out = StringIO()
    with debug_queries(title="board", out=out) as queries:
        for project in Project.objects.all():
            assert project.author.username
    assert queries.count == 4
    assert 0 < queries.seconds < 5
    [(times, _, form)] = queries.repeated
    assert times == 3
    assert "user_user" in form
    assert out.getvalue().startswith("board: 4 queries in")
    assert "!    3" in out.getvalue()


@pytest.mark.django_db
def test_decorated_function_starts_at_nothing_each_time() -> None:
    out = StringIO()

    @debug_queries(title="count", out=out)
    def count() -> int:
        return Skill.objects.count()

    assert count() == count()
    assert out.getvalue().count("count: 1 queries") == 2


@pytest.mark.django_db
def test_bare_decorator_keeps_the_functions_name(capsys: pytest.CaptureFixture[str]) -> None:
    @debug_queries
    def how_many() -> int:
        """Count."""
        return Skill.objects.count()

    assert how_many() > 100
    assert how_many.__doc__ == "Count."
    assert "how_many: 1 queries" in capsys.readouterr().err


@pytest.mark.django_db
def test_queries_are_noted_when_the_code_fails() -> None:
    out = StringIO()
    with pytest.raises(Skill.DoesNotExist), debug_queries(out=out):
        Skill.objects.get(name="no such skill")
    assert "queries: 1 queries" in out.getvalue()


@pytest.mark.django_db(transaction=True)
async def test_asynchronous_code_is_noted_too(capsys: pytest.CaptureFixture[str]) -> None:
    @debug_queries
    async def count() -> int:
        return await Skill.objects.acount()

    await count()
    assert "count: 1 queries" in capsys.readouterr().err
    async with debug_queries() as queries:
        await Skill.objects.acount()
        await Skill.objects.acount()
    assert queries.repeated[0][0] == 2
    # the thread that asked has a connection of its own, which would keep the test database open
    await sync_to_async(connections.close_all)()
