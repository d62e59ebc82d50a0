"""Who may do what beyond being signed in."""

from django.conf import settings
from django.utils.translation import gettext_lazy as _
from rest_framework.permissions import SAFE_METHODS, BasePermission
from rest_framework.request import Request
from rest_framework.views import APIView

from user.models import User


def address_is_missing(user: User) -> bool:
    """Whether this account has to confirm its address before it writes anything public."""
    return settings.EMAIL_VERIFICATION == "required" and not user.email_verified


class EmailConfirmed(BasePermission):
    """Refuses writing with 403 `email_unverified` until the caller's address is confirmed.

    Reading and taking back (DELETE) stay open, and so does everything with
    `EMAIL_VERIFICATION=off`. Whether one has to be signed in at all is another permission's matter:
    list this one after it.
    """

    message = _("이메일 주소를 확인하면 할 수 있어요. 받은 메일의 링크를 열어 주세요.")
    code = "email_unverified"

    def has_permission(self, request: Request, view: APIView) -> bool:
        """Whether the caller's address is no obstacle."""
        if request.method in {*SAFE_METHODS, "DELETE"} or not isinstance(request.user, User):
            return True
        return not address_is_missing(request.user)
