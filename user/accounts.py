"""What happens to a whole account: password changes, resets, a new nickname and deletion."""

from django.conf import settings
from django.contrib.auth.tokens import default_token_generator
from django.db import transaction
from django.utils import timezone
from django.utils.encoding import force_bytes
from django.utils.http import urlencode, urlsafe_base64_decode, urlsafe_base64_encode
from django.utils.translation import gettext as _
from django.utils.translation import override

from user import emails
from user.constants import FORMER_USERNAME_KEPT_FOR
from user.login.sessions import TokenPair, end_all_sessions, start_session
from user.mail import Item, Mail, send_later
from user.models import FormerUsername, User
from user.signals import username_changed


@transaction.atomic
def change_password(user: User, password: str, user_agent: str = "") -> TokenPair:
    """Set a new password, end every session and start a new one for the caller."""
    _set_password(user, password)
    return start_session(user, user_agent)


def request_password_reset(email: str) -> None:
    """Mail a link for choosing a new password, if there is such an active account."""
    user = User.objects.filter(email=email, is_active=True).first()
    if user is None:
        return
    query = urlencode(
        {
            "uid": urlsafe_base64_encode(force_bytes(user.pk)),
            "token": default_token_generator.make_token(user),
        }
    )
    with override(user.language):
        mail = _reset_mail(user.username, f"{settings.FRONTEND_URL}/password-reset?{query}")
    send_later(user.email, mail)


def user_of_reset_link(uid: str, token: str) -> User | None:
    """The active user whom a reset link was mailed to; None for a wrong, used or old link."""
    try:
        pk = int(urlsafe_base64_decode(uid))
    except ValueError:
        return None
    user = User.objects.filter(pk=pk, is_active=True).first()
    return user if user and default_token_generator.check_token(user, token) else None


@transaction.atomic
def reset_password(user: User, password: str) -> None:
    """Set a new password by a mailed link, which proves the address, and end every session."""
    if not user.email_verified:
        emails.note_verified(user)
    _set_password(user, password)


@transaction.atomic
def note_new_username(user: User, former: str) -> None:
    """Let the nickname that a person had lead to the new one, once that is saved."""
    names, until = FormerUsername.objects, timezone.now() + FORMER_USERNAME_KEPT_FOR
    names.filter(username__lower=user.username.lower()).delete()
    if former.lower() != user.username.lower():
        names.update_or_create(
            username__lower=former.lower(),
            defaults={
                "user": user,
                "username": former,
                "until": until,
            },
        )
    username_changed.send(User, user=user)


def remove_expired_usernames() -> int:
    """Forget the nicknames that no longer lead to their person, and count them; once a day."""
    removed, _by_model = FormerUsername.objects.expired().delete()
    return removed


@transaction.atomic
def delete_account(user: User) -> None:
    """Delete a person with everything that is only theirs.

    Profile, pictures, sessions, projects and bookmarks go; comments on other people's projects stay
    without a name, and other apps decide the same way about what they hold (`on_delete`).
    """
    user.delete()


def _set_password(user: User, password: str) -> None:
    user.set_password(password)
    user.save(update_fields=["password"])
    end_all_sessions(user)


def _reset_mail(username: str, link: str) -> Mail:
    return Mail(
        subject=_("[SidePro] 비밀번호 재설정"),
        heading=_("새 비밀번호를 정해 주세요"),
        paragraphs=[
            _("%(username)s님, 안녕하세요.") % {"username": username},
            _("아래 링크에서 새 비밀번호를 정할 수 있어요. 한 시간 동안, 한 번만 쓸 수 있어요."),
        ],
        button=(_("새 비밀번호 정하기"), link),
        footer=[Item(_("요청하신 적이 없다면 이 메일은 지우셔도 돼요."))],
    )
