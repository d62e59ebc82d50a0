"""Makes accounts, profiles and pictures for tests."""

from datetime import timedelta
from typing import Any

from django.utils import timezone
from factory.declarations import Sequence, SubFactory
from factory.django import DjangoModelFactory
from factory.helpers import post_generation

from user.login.authentication import AccessToken
from user.models import Image, Session, Skill, User

PASSWORD = "correct-horse-battery"


def access_token_for(user: User) -> AccessToken:
    """An access token of a new log-in session of this person's."""
    expires_at = timezone.now() + timedelta(days=1)
    return AccessToken.for_session(Session.objects.create(user=user, expires_at=expires_at))


class UserFactory(DjangoModelFactory[User]):
    """A person with a profile; `skills=["Django"]` names what they know."""

    class Meta:
        model = User
        skip_postgeneration_save = True

    email = Sequence(lambda n: f"person{n}@example.com")
    username = Sequence(lambda n: f"person{n}")
    password = PASSWORD

    @classmethod
    def _create(cls, model_class: type[User], *args: Any, **kwargs: Any) -> User:
        return model_class.objects.create_user(*args, **kwargs)

    @post_generation
    def skills(self: User, create: bool, names: list[str] | None, **_: Any) -> None:
        if names:
            self.profile.skills.set(Skill.objects.filter(name__in=names))


class ImageFactory(DjangoModelFactory[Image]):
    """The row of an uploaded picture, without files."""

    class Meta:
        model = Image

    owner = SubFactory(UserFactory)
    kind = "project"
    file = Sequence(lambda n: f"images/{n}.webp")
    card = Sequence(lambda n: f"images/{n}-card.webp")
    width = 800
    height = 600
