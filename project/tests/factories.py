"""Makes projects and what hangs on them for tests."""

from typing import Any

from factory.declarations import Sequence, SubFactory
from factory.django import DjangoModelFactory
from factory.helpers import post_generation

from project.models import Comment, Project
from project.services import set_bookmark
from user.models import Skill, User
from user.tests.factories import UserFactory


class ProjectFactory(DjangoModelFactory[Project]):
    """A project; `skills=["Django"]`, `comments=3` and `bookmarked_by=[user]` hang on it."""

    class Meta:
        model = Project
        skip_postgeneration_save = True

    author = SubFactory(UserFactory)
    title = Sequence(lambda n: f"프로젝트 {n}")
    summary = "한 줄 소개"
    content = "# 본문"

    @post_generation
    def skills(self: Project, create: bool, names: list[str] | None, **_: Any) -> None:
        if names:
            self.skills.set(Skill.objects.filter(name__in=names))

    @post_generation
    def comments(self: Project, create: bool, number: int | None, **_: Any) -> None:
        CommentFactory.create_batch(number or 0, project=self)

    @post_generation
    def bookmarked_by(self: Project, create: bool, users: list[User] | None, **_: Any) -> None:
        for user in users or ():
            self.bookmark_count = set_bookmark(user, self.pk, bookmarked=True)


class CommentFactory(DjangoModelFactory[Comment]):
    """A comment by a user."""

    class Meta:
        model = Comment

    project = SubFactory(ProjectFactory)
    author = SubFactory(UserFactory)
    body = "잘 봤습니다."
