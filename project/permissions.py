"""Who may change what on the board."""

from rest_framework.permissions import SAFE_METHODS, IsAuthenticatedOrReadOnly
from rest_framework.request import Request
from rest_framework.views import APIView

from project.models import Comment, Project


class IsAuthorOrAdminOrReadOnly(IsAuthenticatedOrReadOnly):
    """Everybody reads, people who are signed in write, and only the author or an admin changes."""

    def has_object_permission(
        self, request: Request, view: APIView, obj: Project | Comment
    ) -> bool:
        """Whether this row may be touched in this way."""
        return request.method in SAFE_METHODS or obj.is_editable_by(request.user)
