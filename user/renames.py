"""Nicknames that people had before: for a while they lead to the same person, and stay theirs."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.contrib.auth import get_user_model
from django.db import models
from django.db.models.functions import Coalesce, Lower
from django.utils import timezone

from user.constants import USERNAME_MAX_LENGTH
from user.text import composed

if TYPE_CHECKING:
    from user.models import User


def account_named(username: str) -> Coalesce:
    """The id of the account that has this nickname or else had it lately, in any case and however
    its letters are composed.

    To be compared with a key in a query: `filter(author=account_named(…))`.
    """
    name = composed(username).lower()
    people = get_user_model().objects.filter(username__lower=name)
    former = FormerUsername.objects.current().filter(username__lower=name)
    return Coalesce(
        models.Subquery(people.values("pk")[:1]),
        models.Subquery(former.values("user")[:1]),
        output_field=models.BigIntegerField(),
    )


class FormerUsernameQuerySet(models.QuerySet["FormerUsername"]):
    """Queries over former nicknames."""

    def current(self) -> "FormerUsernameQuerySet":
        """Those that still lead to their person."""
        return self.filter(until__gt=timezone.now())

    def expired(self) -> "FormerUsernameQuerySet":
        """Those that anyone may take."""
        return self.exclude(until__gt=timezone.now())

    def people(self, names: Iterable[str]) -> dict[str, "User"]:
        """Who had these nicknames (in lower case) lately, by nickname; one query."""
        former = self.current().filter(username__lower__in=names).select_related("user")
        return {row.username.lower(): row.user for row in former}


class FormerUsername(models.Model):
    """A nickname that a person gave up: it leads to them and is kept from others, `until` then.

    Deleted with the account, and when its person takes the nickname again.
    """

    user = models.ForeignKey(
        "user.User", models.CASCADE, related_name="former_usernames", verbose_name="사용자"
    )
    username = models.CharField("이전 닉네임", max_length=USERNAME_MAX_LENGTH)
    until = models.DateTimeField("유효 기한", db_index=True)

    objects = FormerUsernameQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "이전 닉네임"
        constraints = [
            models.UniqueConstraint(Lower("username"), name="user_former_username_unique_any_case"),
        ]

    def __str__(self) -> str:
        return self.username
