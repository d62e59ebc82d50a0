"""Text search by substrings, the same in Korean and English and on every database.

A project matches when each word of the query stands somewhere in its search text. On PostgreSQL,
candidates are found by the one- and two-letter pieces ("grams") of the words in a GIN index over
the SQL function `project_search_grams`, which needs no extension and serves two-syllable Korean
words.
"""

import unicodedata
from collections.abc import Iterable
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Lookup, TextField
from django.db.models.sql.compiler import SQLCompiler


def normalise(text: str) -> str:
    """Text in the form in which it is stored and searched: NFKC, without case."""
    return unicodedata.normalize("NFKC", text).casefold()


def search_text(title: str, summary: str, author: str, skills: Iterable[str]) -> str:
    """The text that a project is found by."""
    return normalise("\n".join((title, summary, author, *skills)))


def grams(word: str) -> set[str]:
    """The pieces that are looked up for a word: its pairs of letters, or the only letter."""
    return {word[i : i + 2] for i in range(len(word) - 1)} or {word}


def _like_pattern(word: str) -> str:
    escaped = word.replace("\\", r"\\").replace("%", r"\%").replace("_", r"\_")
    return f"%{escaped}%"


@TextField.register_lookup
class HasWords(Lookup[Any]):
    """`search_text__has_words=query`: each word of the query is a substring of the text."""

    lookup_name = "has_words"
    prepare_rhs = False

    @property
    def words(self) -> list[str]:
        """The query's words, each once, in their order."""
        return list(dict.fromkeys(normalise(str(self.rhs)).split()))

    def as_sql(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper
    ) -> tuple[str, tuple[Any, ...]]:
        """A LIKE for each word."""
        column, params = compiler.compile(self.lhs)
        if not self.words:
            return "1 = 1", ()
        sql = " AND ".join(rf"{column} LIKE %s ESCAPE '\'" for _ in self.words)
        return f"({sql})", (*params * len(self.words), *map(_like_pattern, self.words))


@TextField.register_lookup
class HasGrams(HasWords):
    """`search_text__has_grams=query`: candidates for `has_words` from PostgreSQL's index.

    A superset of what `has_words` finds: the grams of a word may stand apart.
    """

    lookup_name = "has_grams"

    def as_sql(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper
    ) -> tuple[str, tuple[Any, ...]]:
        """The index's condition."""
        column, params = compiler.compile(self.lhs)
        pieces = sorted(set().union(*map(grams, self.words)))
        return f"project_search_grams({column}) @> %s::text[]", (*params, pieces)
