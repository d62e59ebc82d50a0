"""Who may be found by whom: the one place that lists and recommendations of people go through."""

from typing import Any

from django.db.models import QuerySet

from moderation.models import Block, Viewer
from user.constants import ChatPolicy
from user.models import Profile, User
from user.search import people_saying
from user.skills.models import filter_by_skills


def people_for(viewer: Viewer) -> QuerySet[User]:
    """The people who let themselves be found, for this viewer.

    Left out are suspended accounts, the viewer, and those whom a block parts from them either way.
    """
    people = User.objects.filter(is_active=True, profile__discoverable=True)
    if not isinstance(viewer, User):
        return people
    return people.exclude(pk=viewer.pk).exclude(pk__in=Block.objects.apart_from(viewer))


def found_people(viewer: Viewer, query: dict[str, Any]) -> QuerySet[User]:
    """The people that a checked query (`PeopleQuerySerializer`) asks for, with their profiles.

    Costs two queries, and one more for each of skills and words, whatever the number of rows.
    """
    people = people_for(viewer)
    for name in ("region", "meet_time"):
        if name in query:
            people = people.filter(**{f"profile__{name}": query[name]})
    if query.get("open"):
        people = people.filter(profile__chat_policy=ChatPolicy.OPEN)
    if search := query.get("search"):
        people = people_saying(people, search)
    if names := query.get("skills"):
        people = filter_by_skills(
            people, Profile.skills.through, "profile", names, query["skills_match"]
        )
    return people.select_related("profile__image").prefetch_related("profile__skills")
