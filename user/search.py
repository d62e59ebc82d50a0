"""Finding people by what their nickname and introduction say.

Each word stands somewhere in one of the two. On PostgreSQL a word that many say is found by walking
the list until a page is full. For others, the people who may have it are found by its pairs of
letters ("grams") in two GIN indexes over the SQL function `user_search_grams`, as the board finds
projects. Elsewhere every person is looked at.
"""

import unicodedata
from typing import Any

from django.db import connection
from django.db.models import Q, QuerySet

from user.models import User

# A word is common when so many of the newest people say it: 20 in 1,000 fill a page soon. To ask
# takes 3 ms; the index would take 65 for a word that all of 100,000 say (`bench.board`).
NEWEST = 1000
COMMON_AMONG_NEWEST = 20
# From how many hits of the index on a search walks the list all the same.
MOST_CANDIDATES = 5000

AMONG_NEWEST = """
SELECT count(*) FROM (
    SELECT username, description FROM user_profile JOIN user_user ON id = user_id
    ORDER BY user_id DESC LIMIT %(newest)s
) newest WHERE strpos(upper(username) || ' ' || upper(description), upper(%(word)s)) > 0
"""
CANDIDATES = """
WITH pieces AS (
    SELECT array_agg(gram) AS grams FROM unnest(user_search_grams(upper(%(word)s))) gram
    WHERE char_length(gram) = least(2, char_length(upper(%(word)s)))
)
(SELECT id FROM user_user
 WHERE user_search_grams(upper(username)) @> (SELECT grams FROM pieces) LIMIT %(most)s)
UNION
(SELECT user_id FROM user_profile
 WHERE user_search_grams(upper(description)) @> (SELECT grams FROM pieces) LIMIT %(most)s)
"""


def people_saying(people: QuerySet[User], query: str) -> QuerySet[User]:
    """Those of the people in whose nickname or introduction each word of the query stands.

    Costs up to two queries more on PostgreSQL, which are about the longest word.
    """
    words = list(dict.fromkeys(unicodedata.normalize("NFKC", query).split()))
    for word in words:
        people = people.filter(
            Q(username__icontains=word) | Q(profile__description__icontains=word)
        )
    if not words or connection.vendor != "postgresql":
        return people
    word = max(words, key=len)
    if is_common(word):
        return people
    ids = numbers(CANDIDATES, {"word": word, "most": MOST_CANDIDATES + 1})
    return people if len(ids) > MOST_CANDIDATES else people.filter(pk__in=ids)


def is_common(word: str) -> bool:
    """Whether many of the newest people say the word."""
    (number,) = numbers(AMONG_NEWEST, {"word": word, "newest": NEWEST})
    return number >= COMMON_AMONG_NEWEST


def numbers(sql: str, params: dict[str, Any]) -> list[int]:
    """The numbers that a query gives."""
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return [number for (number,) in cursor.fetchall()]
