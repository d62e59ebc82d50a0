"""How a person wants to be notified."""

from django.db import models
from django.db.models import Q

from notification.constants import MOST_BOUNCES, OFF_BY_DEFAULT, Channel, Digest
from user.models import User


class Settings(models.Model):
    """How a person wants to be notified; without a row, everything is as by default."""

    user = models.OneToOneField(
        User, models.CASCADE, primary_key=True, related_name="notification_settings"
    )
    # The switches that differ from the default, as {"comment.mail": false}.
    switches = models.JSONField(default=dict, blank=True)
    mail = models.BooleanField("메일", default=True)
    digest = models.CharField("모아 받기", max_length=6, choices=Digest, default=Digest.OFF)
    # Mails that the person's server refused for good, one after another.
    bounces = models.PositiveSmallIntegerField("반송", default=0)
    # The hours of the person's day (0 to 23) between which no push comes; both or neither.
    quiet_from = models.PositiveSmallIntegerField("조용한 시간 시작", null=True, blank=True)
    quiet_until = models.PositiveSmallIntegerField("조용한 시간 끝", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "알림 설정"
        constraints = [
            models.CheckConstraint(
                condition=Q(digest__in=Digest.values), name="notification_digest_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}"

    @classmethod
    def of(cls, user: User) -> "Settings":
        """A person's settings; the default ones, not stored, where nothing was ever changed."""
        return cls.objects.filter(user=user).first() or cls(user=user)

    def wants(self, kind: str, channel: str) -> bool:
        """Whether the person wants this kind by this channel."""
        if channel == Channel.MAIL and (not self.mail or self.mail_refused):
            return False
        wanted: bool = self.switches.get(f"{kind}.{channel}", self.default(kind, channel))
        return wanted

    @staticmethod
    def default(kind: str, channel: str) -> bool:
        """Whether people who have said nothing are notified so."""
        return (kind, channel) not in OFF_BY_DEFAULT

    @property
    def mail_refused(self) -> bool:
        """Whether the person's server refused so often that mail is off."""
        return self.bounces >= MOST_BOUNCES

    def switch(self, kind: str, channel: str, *, on: bool) -> None:
        """Turn one kind on or off for one channel (not saved)."""
        self.switches = self.switches | {f"{kind}.{channel}": on}
