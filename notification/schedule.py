"""When a delivery is due, in the recipient's own day."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.conf import settings as django_settings

from notification.constants import (
    DIGEST_HOUR,
    DIGEST_WEEKDAY,
    MAIL_AFTER,
    NOT_IN_DIGEST,
    Digest,
    Kind,
)
from notification.models import Settings


def due_at(kind: str, settings: Settings, zone_name: str, now: datetime) -> datetime:
    """When a notification of now is mailed, if it is still unread."""
    if settings.digest != Digest.OFF and kind not in NOT_IN_DIGEST:
        return next_digest(now, settings.digest, zone_named(zone_name))
    # that messages were unread for long enough, the chat has found out before
    return now if kind == Kind.CHAT_MESSAGE else now + MAIL_AFTER


def push_due_at(settings: Settings, zone_name: str, now: datetime) -> datetime:
    """When a notification of now is pushed: at once, or when the person's quiet hours end."""
    start, end = settings.quiet_from, settings.quiet_until
    if start is None or end is None:
        return now
    local = now.astimezone(zone_named(zone_name))
    hours_in = (local.hour - start) % 24
    if hours_in >= (end - start) % 24:
        return now
    # the date of the end, in the zone's own hours: a night in which the clocks change is as long
    day = local.date() + timedelta(days=1 if local.hour >= end else 0)
    return datetime.combine(day, time(end), local.tzinfo)


def zone_named(name: str) -> ZoneInfo:
    """A person's zone; the site's, where the name is no longer one."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        return ZoneInfo(django_settings.TIME_ZONE)


def next_digest(now: datetime, digest: str, zone: ZoneInfo) -> datetime:
    """The next 09:00 in the zone, of any day or of a Monday."""
    local = now.astimezone(zone)
    day = local.date()
    while True:
        due = datetime.combine(day, time(DIGEST_HOUR), zone)
        if due > now and (digest == Digest.DAILY or day.weekday() == DIGEST_WEEKDAY):
            return due
        day += timedelta(days=1)
