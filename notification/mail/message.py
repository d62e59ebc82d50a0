"""What a mail about notifications says."""

from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.utils.translation import gettext as _
from django.utils.translation import override

from notification import wording
from notification.constants import MOST_ITEMS
from notification.links import marking, path_of
from notification.mail.unsubscribe import headers_for, link_for
from user.mail import Item, Mail, compose
from user.models import User


def message_for(reader: User, rows: list[Any], message_id: str) -> EmailMultiAlternatives:
    """One mail about all of these rows (`NotificationQuerySet.for_mail`), in the reader's words."""
    with override(reader.language):
        kinds = [row.kind for row in rows]
        subject = wording.subject(kinds, len(rows))
        items = [_item(row) for row in rows[:MOST_ITEMS]]
        mail = Mail(
            subject=f"[SidePro] {subject}",
            heading=subject,
            paragraphs=[_("%(username)s님, 안녕하세요.") % {"username": reader.username}],
            items=[*items, *_more(len(rows) - MOST_ITEMS)],
            button=_button(items),
            footer=[
                Item(_("받을 알림 고르기"), url=f"{settings.FRONTEND_URL}/settings/notifications"),
                Item(_("알림 메일 그만 받기"), url=link_for(reader, kinds)),
            ],
        )
        headers = {
            **headers_for(reader, kinds),
            "Message-ID": message_id,
            "Auto-Submitted": "auto-generated",
        }
        return compose(mail, reader.email, headers)


def _item(row: Any) -> Item:
    path = path_of(row.kind, row.target, row.source, row.count)
    return Item(
        text=wording.sentence(row.kind, row.actor_username, row.title, row.count),
        quote=row.text,
        url=f"{settings.FRONTEND_URL}{marking(path, row.pk)}" if path else "",
    )


def _button(items: list[Item]) -> tuple[str, str]:
    """Where the mail leads: to the only thing that it tells, or to the list."""
    if len(items) == 1 and items[0].url:
        return _("보러 가기"), items[0].url
    return _("알림 모두 보기"), f"{settings.FRONTEND_URL}/notifications"


def _more(number: int) -> list[Item]:
    if number <= 0:
        return []
    return [Item(_("그 밖에 %(number)d개가 더 있어요.") % {"number": number})]
