"""One-click unsubscribing (RFC 8058): a signed link in each mail, without a log-in."""

from django.conf import settings
from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import override
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from notification.models import Settings
from user.models import User

SALT = "notification.unsubscribe"


def link_for(user: User) -> str:
    """The address at which a POST turns this person's mails off; it does not expire."""
    token = signing.Signer(salt=SALT).sign_object(user.pk)
    return f"{settings.FRONTEND_URL}{reverse('unsubscribe', args=[token])}"


def headers_for(user: User) -> dict[str, str]:
    """What lets a mail program offer the button."""
    return {
        "List-Unsubscribe": f"<{link_for(user)}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }


@csrf_exempt  # mail programs post here; the signature says for whom
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def view(request: HttpRequest, token: str) -> HttpResponse:
    """GET asks first, for programs follow the links of mails; POST turns mails off.

    Raises Http404 for a forged link and for an account that has gone.
    """
    try:
        user_id = signing.Signer(salt=SALT).unsign_object(token)
    except (signing.BadSignature, ValueError):
        raise Http404 from None
    user = User.objects.filter(pk=user_id).first()
    if user is None:
        raise Http404
    done = request.method == "POST"
    if done:
        Settings.objects.update_or_create(user=user, defaults={"mail": False})
    with override(user.language):
        return render(
            request,
            "notification/unsubscribe.html",
            {"done": done, "language": user.language, "site": settings.FRONTEND_URL},
        )
