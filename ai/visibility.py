"""Who and what recommendations may show to a person: the one place that knows.

Left out are suspended accounts, those whom a block parts from the person either way, people who do
not want to be found, and projects that are hidden, the person's own, or not wanted again.
"""

from collections.abc import Callable
from typing import Any

from django.db.models import Exists, OuterRef

from moderation.models import Block
from moderation.visibility import people_for
from project.models import Bookmark, Dismissal, Project
from user.constants import ChatPolicy
from user.models import User

# Gives the ids, as a subquery, of people whom a person knows already.
Acquaintances = Callable[[User], Any]
_acquaintances: list[Acquaintances] = []


def register_acquaintances(find: Acquaintances) -> None:
    """Leave these out where new people are shown; for apps that `ai` may not import."""
    _acquaintances.append(find)


def new_people_for(viewer: User) -> Any:
    """The people whom this person does not know and may ask for a coffee chat."""
    people = people_for(viewer).exclude(profile__chat_policy=ChatPolicy.CLOSED)
    for find in _acquaintances:
        people = people.exclude(pk__in=find(viewer))
    return people


def shown_projects(viewer: User) -> Any:
    """The projects that may be shown or named to this person."""
    return Project.objects.visible().exclude(author__in=Block.objects.apart_from(viewer))


def projects_for(viewer: User) -> Any:
    """The projects that may be recommended to this person."""
    seen = [
        rows.filter(project=OuterRef("pk"), user=viewer)
        for rows in (Bookmark.objects, Dismissal.objects)
    ]
    return shown_projects(viewer).filter(*(~Exists(rows) for rows in seen)).exclude(author=viewer)
