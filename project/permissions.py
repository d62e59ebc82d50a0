"""Who may change what on the board."""

from django.contrib.auth.models import AnonymousUser
from rest_framework.permissions import SAFE_METHODS, IsAuthenticatedOrReadOnly
from rest_framework.request import Request
from rest_framework.views import APIView

from project.models import Comment, Project
from user.models import User


def may_edit(person: User | AnonymousUser, row: Project | Comment, action: str = "change") -> bool:
    """Whether a person may "change" or "delete" a row: its author, or a moderator.

    A moderator is one of the staff who was given the model's permission; being staff alone opens
    the admin and nothing else. Costs no query for anybody else.
    """
    if person.is_authenticated and person.pk == row.author_id:
        return True
    permission = f"{row._meta.app_label}.{action}_{row._meta.model_name}"  # noqa: SLF001 - Django's public API
    return person.is_staff and person.has_perm(permission)


class IsAuthorOrModeratorOrReadOnly(IsAuthenticatedOrReadOnly):
    """Everybody reads, people who are signed in write, and author or moderator changes."""

    def has_object_permission(
        self, request: Request, view: APIView, obj: Project | Comment
    ) -> bool:
        """Whether this row may be touched in this way."""
        action = "delete" if request.method == "DELETE" else "change"
        return request.method in SAFE_METHODS or may_edit(request.user, obj, action)
