"""The kinds of notification, the channels they take, and when."""

from datetime import timedelta

from django.db import models

TARGET_MAX_LENGTH = 60
SOURCE_MAX_LENGTH = 100
TITLE_MAX_LENGTH = 100
TEXT_MAX_LENGTH = 280
ENDPOINT_MAX_LENGTH = 1000


class Kind(models.TextChoices):
    """What happened."""

    COMMENT = "comment", "댓글"
    REPLY = "reply", "답글"
    MENTION = "mention", "언급"
    CHAT_REQUEST = "chat_request", "커피챗 신청"
    CHAT_ACCEPTED = "chat_accepted", "커피챗 수락"
    CHAT_MESSAGE = "chat_message", "커피챗 메시지"
    BOOKMARK = "bookmark", "북마크"
    NEW_PROJECT = "new_project", "새 프로젝트"
    REPORT_OUTCOME = "report_outcome", "신고 결과"
    MODERATION = "moderation", "운영 조치"


class Channel(models.TextChoices):
    """How a person is notified."""

    SITE = "site", "사이트"
    MAIL = "mail", "메일"
    PUSH = "push", "푸시"


class Digest(models.TextChoices):
    """How often mails come together in one."""

    OFF = "off", "모으지 않기"
    DAILY = "daily", "매일"
    WEEKLY = "weekly", "매주"


# Kinds of which all that happens to one target stands in one row while that is unread.
GROUPED_BY_TARGET = frozenset(
    {Kind.COMMENT, Kind.REPLY, Kind.MENTION, Kind.CHAT_MESSAGE, Kind.BOOKMARK}
)
# A kind of which a target has no second row on the same day, even when the first was read.
ONE_A_DAY = frozenset({Kind.BOOKMARK})
# Told away from the site only: the chat itself shows what is unread.
NEVER_LISTED = frozenset({Kind.CHAT_MESSAGE})
# Another person waits for an answer: a digest does not keep these back.
NOT_IN_DIGEST = frozenset({Kind.CHAT_REQUEST, Kind.CHAT_ACCEPTED, Kind.CHAT_MESSAGE})

# What is off until a person turns it on; all else is on.
OFF_BY_DEFAULT = frozenset({(Kind.BOOKMARK, Channel.MAIL), (Kind.BOOKMARK, Channel.PUSH)})

# How long a notification may stay unread before it is mailed.
MAIL_AFTER = timedelta(minutes=10)
CHAT_MAIL_AFTER = timedelta(minutes=30)
# How long a row that stays unread is not mailed again.
MAIL_SPACING = timedelta(hours=4)
# How long a row that stays unread is not pushed again.
PUSH_SPACING = timedelta(minutes=10)
DIGEST_HOUR = 9
DIGEST_WEEKDAY = 0  # Monday

# Notifications go this long after their last event.
KEPT_FOR = timedelta(days=90)
# The number on the bell stops here, so that counting costs the same for everybody.
UNREAD_CAP = 100
# Refusals of a person's mail server, one after another, that turn mail off.
MOST_BOUNCES = 3
# Browsers of one person that take pushes; the oldest gives way to the next.
MOST_SUBSCRIPTIONS = 10
# How long a push service keeps a push for a browser that is off, and may take to answer.
PUSH_KEPT_FOR = timedelta(days=1)
PUSH_TIMEOUT = timedelta(seconds=10)

# The outbox: how many people's deliveries a job takes at once, for how long they are its own, how
# long one run goes on, and how often it tries.
PEOPLE_AT_ONCE = 50
CLAIM = timedelta(minutes=5)
RUN_FOR = timedelta(seconds=50)
MOST_ATTEMPTS = 12
LONGEST_WAIT = timedelta(hours=6)
# More than this in one mail are given as a number.
MOST_ITEMS = 20
