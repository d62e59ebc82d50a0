"""Finding people by what their nickname and introduction say.

Each word stands somewhere in one of the two. On PostgreSQL the people who may have a word are
found by its one- and two-letter pieces ("grams") in two GIN indexes over the SQL function
`user_search_grams`, as the board finds projects; elsewhere every person is looked at.
"""

import unicodedata

from django.db import connection
from django.db.models import Q, QuerySet

from user.models import User

# From how many people on a search walks the list instead of collecting its hits.
COMMON_WORD = 1000

CANDIDATES = """
(SELECT id FROM user_user
 WHERE user_search_grams(upper(username)) @> user_search_grams(upper(%(word)s)) LIMIT %(most)s)
UNION
(SELECT user_id FROM user_profile
 WHERE user_search_grams(upper(description)) @> user_search_grams(upper(%(word)s)) LIMIT %(most)s)
"""


def people_saying(people: QuerySet[User], query: str) -> QuerySet[User]:
    """Those of the people in whose nickname or introduction each word of the query stands.

    Costs one query more on PostgreSQL, which asks the index for the longest word.
    """
    words = list(dict.fromkeys(unicodedata.normalize("NFKC", query).split()))
    for word in words:
        people = people.filter(
            Q(username__icontains=word) | Q(profile__description__icontains=word)
        )
    if not words or connection.vendor != "postgresql":
        return people
    with connection.cursor() as cursor:
        cursor.execute(CANDIDATES, {"word": max(words, key=len), "most": COMMON_WORD + 1})
        ids = [pk for (pk,) in cursor.fetchall()]
    # A word that very many say is found sooner by walking the list until a page is full.
    return people if len(ids) > COMMON_WORD else people.filter(pk__in=ids)
