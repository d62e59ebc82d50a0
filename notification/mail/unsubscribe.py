"""One-click unsubscribing (RFC 8058): a signed link in each mail, without a log-in.

A mail program's button ends mails of the kinds that the mail was about; the page at the link lets
a person choose between these and all. Both change the person's own switches.
"""

from collections.abc import Iterable

from django.conf import settings
from django.core import signing
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import override
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from notification import wording
from notification.constants import Channel, Kind
from notification.models import Settings
from user.models import User

SALT = "notification.unsubscribe"


def link_for(user: User, kinds: Iterable[str] = ()) -> str:
    """The address that ends this person's mails of these kinds, or of all; it does not expire."""
    token = signing.Signer(salt=SALT).sign_object([user.pk, *sorted(set(kinds))])
    return f"{settings.FRONTEND_URL}{reverse('unsubscribe', args=[token])}"


def headers_for(user: User, kinds: Iterable[str] = ()) -> dict[str, str]:
    """What lets a mail program offer the button."""
    return {
        "List-Unsubscribe": f"<{link_for(user, kinds)}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }


@csrf_exempt  # mail programs post here; the signature says for whom
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def view(request: HttpRequest, token: str) -> HttpResponse:
    """GET asks first, for programs follow the links of mails; POST turns mails off.

    Raises Http404 for a forged link and for an account that has gone.
    """
    user, kinds = _read(token)
    done = ""
    if request.method == "POST":
        done = "all" if request.POST.get("what") == "all" or not kinds else "kinds"
        _turn_off(user, kinds if done == "kinds" else [])
    with override(user.language):
        names = wording.names(kinds)
        return render(
            request,
            "notification/unsubscribe.html",
            {
                "done": done,
                "names": names,
                "language": user.language,
                "site": settings.FRONTEND_URL,
            },
        )


def _read(token: str) -> tuple[User, list[str]]:
    """Whose link it is, and of which kinds; none means all. Raises Http404."""
    try:
        said = signing.Signer(salt=SALT).unsign_object(token)
    except (signing.BadSignature, ValueError):
        raise Http404 from None
    # links of older mails hold the person alone
    user_id, *kinds = said if isinstance(said, list) else [said]
    user = User.objects.filter(pk=user_id).first()
    if user is None:
        raise Http404
    return user, [kind for kind in kinds if kind in Kind.values]


@transaction.atomic
def _turn_off(user: User, kinds: list[str]) -> None:
    """End mails of these kinds, or all mails. Locks the person's settings, for the switches."""
    row, _ = Settings.objects.select_for_update().get_or_create(user=user)
    for kind in kinds:
        row.switch(kind, Channel.MAIL, on=False)
    row.mail = row.mail and bool(kinds)
    row.save(update_fields=["switches", "mail"])
