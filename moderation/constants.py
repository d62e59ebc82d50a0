"""Fixed choices and limits of blocks and reports."""

from django.db import models
from django.utils.translation import gettext_lazy as _

PEOPLE_MAX_SKILLS = 10  # that a list of people can be filtered by at once
NOTE_MAX_LENGTH = 1000
TARGET_ID_MAX_LENGTH = 64


class Kind(models.TextChoices):
    """What can be reported. `moderation.targets` says how each is found."""

    PROJECT = "project", "프로젝트"
    COMMENT = "comment", "댓글"
    USER = "user", "사용자"
    MESSAGE = "message", "메시지"


class Reason(models.TextChoices):
    """Why something is reported."""

    SPAM = "spam", "스팸"
    ABUSE = "abuse", "괴롭힘·욕설"
    SEXUAL = "sexual", "성적인 내용"
    ILLEGAL = "illegal", "불법"
    OTHER = "other", "기타"


class Decision(models.TextChoices):
    """What a moderator did about a case."""

    OPEN = "", "대기 중"
    HIDE = "hide", "내용 숨기기"
    SUSPEND = "suspend", "사용자 정지"
    DISMISS = "dismiss", "조치하지 않음"


class Answer(models.TextChoices):
    """The sentences with which reporters are answered, in their own language."""

    REMOVED = "removed", _("신고하신 내용을 숨겼어요. 알려 주셔서 고마워요.")
    SUSPENDED = "suspended", _("신고하신 사용자가 이용할 수 없도록 했어요. 알려 주셔서 고마워요.")
    NO_VIOLATION = "no_violation", _("살펴보았지만 운영 원칙에 어긋나는 점을 찾지 못했어요.")
    NOT_ENOUGH = (
        "not_enough",
        _("알려 주신 것만으로는 판단하기 어려웠어요. 다시 겪으시면 꼭 알려 주세요."),
    )
    BLOCK_INSTEAD = (
        "block_instead",
        _("운영 원칙에 어긋나지는 않지만, 불편하시다면 상대를 차단할 수 있어요."),
    )


# What is said where a moderator chooses no sentence.
DEFAULT_ANSWERS = {
    Decision.HIDE: Answer.REMOVED,
    Decision.SUSPEND: Answer.SUSPENDED,
    Decision.DISMISS: Answer.NO_VIOLATION,
}
