"""What a notification says, in the language that is active; for mails."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from moderation.constants import Answer
from notification.constants import Kind


def sentence(kind: str, actor: str | None, title: str, count: int) -> str:
    """One sentence: who did what, and how often."""
    who = actor or _("탈퇴한 사용자")
    words = {"who": who, "title": title, "count": count}
    if kind == Kind.CHAT_REQUEST:
        return _("%(who)s님이 커피챗을 신청했어요.") % words
    if kind == Kind.CHAT_ACCEPTED:
        return _("%(who)s님이 커피챗을 수락했어요.") % words
    if kind == Kind.CHAT_MESSAGE:
        return _("%(who)s님이 보낸 커피챗 메시지를 아직 읽지 않았어요.") % words
    if kind == Kind.REPORT_OUTCOME:
        return str(Answer(title).label) if title in Answer.values else _("신고를 살펴봤어요.")
    if kind == Kind.MODERATION:
        return _("운영 원칙에 따라 올리신 내용을 숨겼어요.")
    if count > 1:
        return _several(kind, words)
    return _one(kind, words)


def _one(kind: str, words: dict[str, object]) -> str:
    sentences = {
        Kind.COMMENT: _("%(who)s님이 ‘%(title)s’에 댓글을 남겼어요."),
        Kind.REPLY: _("%(who)s님이 ‘%(title)s’에서 답글을 남겼어요."),
        Kind.MENTION: _("%(who)s님이 ‘%(title)s’에서 회원님을 언급했어요."),
        Kind.BOOKMARK: _("%(who)s님이 ‘%(title)s’ 프로젝트를 북마크했어요."),
        Kind.NEW_PROJECT: _("%(who)s님이 새 프로젝트 ‘%(title)s’ 글을 올렸어요."),
    }
    return sentences[Kind(kind)] % words


def _several(kind: str, words: dict[str, object]) -> str:
    sentences = {
        Kind.COMMENT: _(
            "‘%(title)s’에 새 댓글 %(count)d개가 있어요. 마지막은 %(who)s님이 남겼어요."
        ),
        Kind.REPLY: _(
            "‘%(title)s’에서 답글 %(count)d개를 받았어요. 마지막은 %(who)s님이 남겼어요."
        ),
        Kind.MENTION: _(
            "‘%(title)s’에서 %(count)d번 언급되셨어요. 마지막은 %(who)s님이 언급했어요."
        ),
        Kind.BOOKMARK: _("%(who)s님 등 %(count)d명이 ‘%(title)s’ 프로젝트를 북마크했어요."),
        Kind.NEW_PROJECT: _("새 프로젝트 %(count)d개가 올라왔어요. 마지막은 %(who)s님이 올렸어요."),
    }
    return sentences[Kind(kind)] % words


def subject(kinds: list[str], count: int) -> str:
    """A mail's subject: what it holds and how much, in none of the words of other people."""
    if len(set(kinds)) > 1:
        return ngettext("새 소식이 있어요", "새 소식 %(count)d개가 있어요", count) % {
            "count": count
        }
    subjects = {
        Kind.COMMENT: _("프로젝트에 새 댓글이 있어요"),
        Kind.REPLY: _("새 답글이 있어요"),
        Kind.MENTION: _("댓글에서 회원님을 언급했어요"),
        Kind.CHAT_REQUEST: _("커피챗 신청이 왔어요"),
        Kind.CHAT_ACCEPTED: _("커피챗이 열렸어요"),
        Kind.CHAT_MESSAGE: _("읽지 않은 커피챗 메시지가 있어요"),
        Kind.BOOKMARK: _("누군가 프로젝트를 북마크했어요"),
        Kind.NEW_PROJECT: _("팔로우하는 곳에 새 프로젝트가 올라왔어요"),
        Kind.REPORT_OUTCOME: _("신고 결과를 알려 드려요"),
        Kind.MODERATION: _("올리신 내용을 숨겼어요"),
    }
    return subjects[Kind(kinds[0])]


def names(kinds: list[str]) -> list[str]:
    """The kinds by name, as the settings page calls them."""
    known = {
        Kind.COMMENT: _("내 프로젝트의 댓글"),
        Kind.REPLY: _("내 댓글의 답글"),
        Kind.MENTION: _("나를 언급한 댓글"),
        Kind.CHAT_REQUEST: _("커피챗 신청"),
        Kind.CHAT_ACCEPTED: _("커피챗 수락"),
        Kind.CHAT_MESSAGE: _("읽지 않은 커피챗 메시지"),
        Kind.BOOKMARK: _("내 프로젝트의 북마크"),
        Kind.NEW_PROJECT: _("팔로우하는 곳의 새 프로젝트"),
        Kind.REPORT_OUTCOME: _("신고 결과"),
        Kind.MODERATION: _("운영 조치"),
    }
    return [known[Kind(kind)] for kind in kinds]
