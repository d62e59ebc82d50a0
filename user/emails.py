"""Confirmed addresses: a mailed link proves that an address belongs to its account.

A new address waits in `pending_email` until it is confirmed; the old one stays valid so long and is
informed. Links hold the address that they confirm, so that an older link never confirms a newer
address; opening one twice is no error.
"""

from datetime import timedelta

from django.conf import settings
from django.core import signing
from django.db import IntegrityError, transaction
from django.utils import timezone, translation
from django.utils.encoding import force_bytes
from django.utils.http import urlencode, urlsafe_base64_decode, urlsafe_base64_encode
from django.utils.translation import gettext as _

from user.mail import Item, Mail, send_later
from user.models import User

LINK_LIFETIME = timedelta(days=3)
SALT = "user.email"


class LinkInvalidError(Exception):
    """The link is wrong, too old, or for an address that the account no longer waits for."""


class EmailTakenError(Exception):
    """Another account has this address."""


def send_verification(user: User) -> None:
    """Mail a link to the address that waits for its confirmation; nothing waits: no mail."""
    address = user.pending_email or user.email
    if user.email_verified and not user.pending_email:
        return
    query = urlencode(
        {"uid": urlsafe_base64_encode(force_bytes(user.pk)), "token": _token(user.pk, address)}
    )
    link = f"{settings.FRONTEND_URL}/verify?{query}"
    with translation.override(user.language):
        mail = Mail(
            subject=_("[SidePro] 이메일 주소를 확인해 주세요"),
            heading=_("이메일 주소를 확인해 주세요"),
            paragraphs=[
                _("%(username)s님, 안녕하세요.") % {"username": user.username},
                _("아래 링크를 열면 이 이메일이 확인돼요. 3일 동안 쓸 수 있어요."),
            ],
            button=(_("이메일 확인하기"), link),
            footer=[
                Item(_("SidePro에 가입하거나 주소를 바꾼 적이 없다면 이 메일은 지우셔도 돼요."))
            ],
        )
    send_later(address, mail)


def change_email(user: User, email: str) -> None:
    """Take a new address (in lower case), at once or after its confirmation.

    One's present address takes back what waits. Raises EmailTakenError.
    """
    if User.objects.filter(email=email).exclude(pk=user.pk).exists():
        raise EmailTakenError
    if settings.EMAIL_VERIFICATION == "off":
        if email != user.email:
            _set_email(user, email, verified=False)
        return
    user.pending_email = email if email != user.email else ""
    user.save(update_fields=["pending_email"])
    if user.pending_email:
        send_verification(user)
        _inform_old_address(user)


def confirm(uid: str, token: str) -> None:
    """Confirm the address that a link was mailed to.

    Raises LinkInvalidError, and EmailTakenError where the address is another user's by now.
    """
    try:
        pk = int(urlsafe_base64_decode(uid))
        linked_pk, address = signing.loads(token, salt=SALT, max_age=LINK_LIFETIME)
    except (ValueError, TypeError, signing.BadSignature):
        raise LinkInvalidError from None
    if linked_pk != pk:
        raise LinkInvalidError
    with transaction.atomic():
        user = User.objects.select_for_update().filter(pk=pk, is_active=True).first()
        if user is None:
            raise LinkInvalidError
        if address == user.pending_email:
            _set_email(user, address, verified=True)
        elif address != user.email:
            raise LinkInvalidError
        elif not user.email_verified:
            note_verified(user)


def note_verified(user: User) -> None:
    """The present address is its account's: something that was mailed there came back."""
    user.email_verified_at = timezone.now()
    user.save(update_fields=["email_verified_at"])


def _set_email(user: User, email: str, *, verified: bool) -> None:
    user.email, user.pending_email = email, ""
    user.email_verified_at = timezone.now() if verified else None
    try:
        with transaction.atomic():
            user.save(update_fields=["email", "pending_email", "email_verified_at"])
    except IntegrityError as error:
        raise EmailTakenError from error


def _inform_old_address(user: User) -> None:
    with translation.override(user.language):
        mail = Mail(
            subject=_("[SidePro] 이메일 주소를 바꾸려고 해요"),
            heading=_("이메일 주소를 바꾸는 요청이 있었어요"),
            paragraphs=[
                _("%(username)s님, 안녕하세요.") % {"username": user.username},
                _("이 계정의 이메일을 바꾸는 요청이 있었어요. 새 주소: %(email)s")
                % {"email": user.pending_email},
                _(
                    "그 주소가 확인되면 바뀌어요. "
                    "직접 하신 일이 아니라면 지금 비밀번호를 바꿔 주세요."
                ),
            ],
            button=(_("내 계정 열기"), f"{settings.FRONTEND_URL}/me"),
        )
    send_later(user.email, mail)


def _token(pk: int, address: str) -> str:
    return signing.dumps([pk, address], salt=SALT)
