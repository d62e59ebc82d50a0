"""People as something that can be reported; they are addressed by nickname."""

from django.urls import reverse

from moderation.constants import Kind
from moderation.targets import Target, TargetKind
from user.models import User
from user.renames import account_named


def find(reporter: User, username: str) -> Target | None:
    """A person with what their profile says; None for a visitor and for a suspended account."""
    person = User.objects.public().filter(pk=account_named(username)).first()
    if person is None:
        return None
    profile = person.profile
    picture = profile.image.file.url if profile.image else ""
    said = filter(None, (person.username, profile.description, profile.github_url, picture))
    return Target(
        id=str(person.pk),
        accused=person,
        kept=[
            {
                "by": person.username,
                "at": person.joined_at.isoformat(),
                "text": "\n".join(said),
                "reported": True,
            }
        ],
    )


def admin_path(user_id: str) -> str:
    """The account's page."""
    return reverse("admin:user_user_change", args=[user_id])


KIND = TargetKind(Kind.USER, find, admin_path)
