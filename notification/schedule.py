"""When a delivery is due, in the recipient's own day."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.conf import settings as django_settings

from notification.constants import (
    DIGEST_HOUR,
    DIGEST_WEEKDAY,
    MAIL_AFTER,
    NOT_IN_DIGEST,
    PUSH_AFTER,
    Channel,
    Digest,
    Kind,
)
from notification.models import Settings


def due_at(kind: str, channel: str, settings: Settings, zone_name: str, now: datetime) -> datetime:
    """When a notification of now is sent by mail or push, if it is still unread."""
    zone = zone_named(zone_name)
    if channel == Channel.PUSH:
        return after_quiet_hours(now + PUSH_AFTER, settings.quiet_from, settings.quiet_to, zone)
    if settings.digest != Digest.OFF and kind not in NOT_IN_DIGEST:
        return next_digest(now, settings.digest, zone)
    # that messages were unread for long enough, the chat has found out before
    return now if kind == Kind.CHAT_MESSAGE else now + MAIL_AFTER


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


def after_quiet_hours(
    moment: datetime, quiet_from: time | None, quiet_to: time | None, zone: ZoneInfo
) -> datetime:
    """The moment, or the end of the quiet hours that it falls into; they may span midnight."""
    if quiet_from is None or quiet_to is None or quiet_from == quiet_to:
        return moment
    local = moment.astimezone(zone)
    begins, ends = quiet_from, quiet_to
    clock = local.time()
    if begins < ends:
        return datetime.combine(local.date(), ends, zone) if begins <= clock < ends else moment
    if clock >= begins:
        return datetime.combine(local.date() + timedelta(days=1), ends, zone)
    return datetime.combine(local.date(), ends, zone) if clock < ends else moment
