"""Text search by substrings, the same in Korean and English and on every database.

A project matches when each word of the query stands somewhere in its search text. On PostgreSQL,
candidates are found by the one- and two-letter pieces ("grams") of the words in a GIN index over
the SQL function `project_search_grams`, which needs no extension and serves two-syllable Korean
words.
"""

import re
import unicodedata
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Lookup, TextField
from django.db.models.sql.compiler import SQLCompiler

if TYPE_CHECKING:
    from project.models import Project
    from user.models import Skill


_BETWEEN_HANGUL = re.compile(r"(?<=[가-힣])[ \t]+(?=[가-힣])")
CONTENT_SEARCHED = 2000  # characters of a project's text that it is found by


def normalise(text: str) -> str:
    """Text in the form in which it is stored and searched: NFKC, without case.

    Korean puts spaces where it likes: between Hangul they are left out, so that 강아지산책 finds
    강아지 산책.
    """
    return _BETWEEN_HANGUL.sub("", unicodedata.normalize("NFKC", text).casefold())


def search_text(project: "Project", skills: Iterable["Skill"]) -> str:
    """The text that a project is found by; the skills with all their (prefetched) names."""
    names = [form for skill in skills for row in skill.names.all() for form in (row.name, row.key)]
    text = project.content[:CONTENT_SEARCHED]
    parts = (project.title, project.summary, project.author.username, *names, text)
    return normalise("\n".join(parts))


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
        return list(dict.fromkeys(map(normalise, str(self.rhs).split())))

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
