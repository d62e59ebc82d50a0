"""Writes of notifications. Other apps call `notify` and `withdraw` inside their transaction."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import datetime
from functools import partial

from django.conf import settings
from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from moderation.models import Block
from notification.constants import (
    GROUPED_BY_TARGET,
    MAIL_SPACING,
    NEVER_LISTED,
    ONE_A_DAY,
    PUSH_SPACING,
    TEXT_MAX_LENGTH,
    TITLE_MAX_LENGTH,
    Channel,
    Kind,
)
from notification.models import (
    Announcement,
    Delivery,
    Event,
    Follow,
    Notification,
    Outgoing,
    PushDelivery,
    Settings,
    Subscription,
)
from notification.schedule import due_at, push_due_at
from notification.signals import notified
from user.models import Skill, User


@transaction.atomic
def notify(
    kind: Kind,
    recipient_ids: Iterable[int],
    *,
    actor: User | None,
    target: str,
    source: str,
    title: str = "",
    text: str = "",
) -> None:
    """Tell people that something happened; call it in the transaction that makes it happen.

    `target` is what it is about (`project:12`), `source` what happened (`comment:55`). A person
    hears of one source once, by the first kind that names them: call the nearest kind first. To
    call it again after a change only renews `text`. Never reaches the actor, the suspended, or
    anybody blocked either way. A fixed number of queries, however many people.
    """
    wanted = set(recipient_ids)
    people = _audience(wanted, actor) if wanted else {}
    if not people:
        return
    known = set(
        Event.objects.filter(recipient__in=people, source=source).values_list(
            "recipient_id", flat=True
        )
    )
    text = text[:TEXT_MAX_LENGTH]
    if known and text:
        Event.objects.filter(recipient__in=known, source=source).update(text=text)
    fresh = [person for person in people.values() if person.pk not in known]
    if not fresh:
        return
    now = timezone.now()
    rows = _rows(kind, fresh, target, source, title[:TITLE_MAX_LENGTH], now)
    Event.objects.bulk_create(
        [
            Event(
                notification=rows[person.pk],
                recipient=person,
                actor=actor,
                source=source,
                text=text,
                created_at=now,
            )
            for person in fresh
        ],
        ignore_conflicts=True,
    )
    _enqueue([row for row in rows.values() if row.read_at is None], people, now)
    if kind not in NEVER_LISTED:
        _announce([person.pk for person in fresh])


def _audience(recipient_ids: set[int], actor: User | None) -> dict[int, User]:
    """Those of the recipients whom this actor may reach, with their settings."""
    people = User.objects.filter(pk__in=recipient_ids, is_active=True)
    if actor is not None:
        people = people.exclude(pk=actor.pk).exclude(pk__in=Block.objects.apart_from(actor))
    return {person.pk: person for person in people.select_related("notification_settings")}


def _rows(
    kind: Kind, people: list[User], target: str, source: str, title: str, now: datetime
) -> dict[int, Notification]:
    """The row of each person that this belongs to, by the person's id: the unread one or a new one.

    The unique key makes the database join two writers of the same row; the loser waits.
    """
    rows: dict[int, Notification] = {}
    if kind in ONE_A_DAY:
        today = timezone.localtime(now).replace(hour=0, minute=0, second=0, microsecond=0)
        read_today = Notification.objects.filter(
            recipient__in=people, kind=kind, target=target, read_at__gte=today
        )
        rows = {row.recipient_id: row for row in read_today}
    group = _group(kind, target, source, now)
    new = [
        Notification(
            recipient=person,
            kind=kind,
            target=target,
            title=title,
            is_listed=kind not in NEVER_LISTED and _settings(person).wants(kind, Channel.SITE),
            unread_key=f"{person.pk}:{kind}:{group}",
            created_at=now,
            updated_at=now,
        )
        for person in people
        if person.pk not in rows
    ]
    Notification.objects.bulk_create(
        new,
        update_conflicts=True,
        unique_fields=["unread_key"],
        update_fields=["target", "title", "updated_at", "is_listed"],
    )
    return rows | {row.recipient_id: row for row in new}


def _group(kind: Kind, target: str, source: str, now: datetime) -> str:
    """What stands in one row while it is unread."""
    if kind == Kind.NEW_PROJECT:
        return str(timezone.localtime(now).date())
    return target if kind in GROUPED_BY_TARGET else source


def _settings(person: User) -> Settings:
    stored: Settings | None = getattr(person, "notification_settings", None)
    return stored or Settings(user=person)


def _enqueue(rows: list[Notification], people: dict[int, User], now: datetime) -> None:
    """Put mails and pushes into the outbox."""
    if settings.MAIL_ENABLED:
        _enqueue_mails(rows, people, now)
    if settings.PUSH_ENABLED:
        _enqueue_pushes(rows, people, now)


def _enqueue_mails(rows: list[Notification], people: dict[int, User], now: datetime) -> None:
    """One mail a row; a row told a while ago waits for its spacing."""
    sent = _last_done(Delivery, rows)
    deliveries = []
    for row in rows:
        person = people[row.recipient_id]
        how = _settings(person)
        if not how.wants(row.kind, Channel.MAIL):
            continue
        due = due_at(row.kind, how, person.time_zone, now)
        if last := sent.get(row.pk):
            due = max(due, last + MAIL_SPACING)
        deliveries.append(
            Delivery(notification=row, recipient=person, kind=row.kind, created_at=now, due_at=due)
        )
    # one that waits already carries what is new
    Delivery.objects.bulk_create(deliveries, ignore_conflicts=True)


def _enqueue_pushes(rows: list[Notification], people: dict[int, User], now: datetime) -> None:
    """One push a row to each of the person's browsers; a row just told waits for its spacing."""
    browsers: dict[int, list[Subscription]] = defaultdict(list)
    for subscription in Subscription.objects.filter(user__in=people):
        browsers[subscription.user_id].append(subscription)
    if not browsers:
        return
    sent = _last_done(PushDelivery, rows)
    deliveries = []
    for row in rows:
        person = people[row.recipient_id]
        how = _settings(person)
        if not how.wants(row.kind, Channel.PUSH):
            continue
        due = push_due_at(how, person.time_zone, now)
        if last := sent.get(row.pk):
            due = max(due, last + PUSH_SPACING)
        deliveries += [
            PushDelivery(
                notification=row,
                recipient=person,
                subscription=subscription,
                kind=row.kind,
                created_at=now,
                due_at=due,
            )
            for subscription in browsers[person.pk]
        ]
    PushDelivery.objects.bulk_create(deliveries, ignore_conflicts=True)


def _last_done(model: type[Outgoing], rows: list[Notification]) -> dict[int, datetime]:
    """When each row was last notified, by its id."""
    done = model.objects.filter(notification__in=rows, done_at__isnull=False).order_by()
    return dict(done.values_list("notification").annotate(last=Max("done_at")))


def _announce(user_ids: Collection[int]) -> None:
    """Tell open pages once it is true."""
    transaction.on_commit(
        partial(notified.send_robust, Notification, user_ids=list(user_ids)), robust=True
    )


@transaction.atomic
def withdraw(*, source: str = "", target: str = "") -> None:
    """Withdraw the notifications of what is gone: a deleted or hidden comment or project.

    Rows that nothing is left of go, with what was waiting to be sent of them.
    """
    if target:
        Announcement.objects.filter(target=target).delete()
        gone = Notification.objects.filter(target=target).exclude(kind=Kind.MODERATION)
    else:
        events = Event.objects.filter(source=source)
        touched = list(events.values_list("notification_id", flat=True))
        events.delete()
        gone = Notification.objects.filter(pk__in=touched, events=None)
    user_ids = list(gone.values_list("recipient_id", flat=True))
    gone.delete()
    _announce(user_ids)


@transaction.atomic
def mark_read(reader: User, ids: Collection[int] | None) -> None:
    """Mark some of a person's notifications, or all of them (None), as read, and send them no more.

    Ids that are not the person's change nothing.
    """
    unread = Notification.objects.filter(recipient=reader, read_at=None)
    if ids is not None:
        unread = unread.filter(pk__in=ids)
    read = list(unread.select_for_update().values_list("pk", flat=True))
    Notification.objects.filter(pk__in=read).update(read_at=timezone.now(), unread_key=None)
    for model in (Delivery, PushDelivery):
        waiting = model.objects.waiting().filter(notification__in=read)
        waiting.update(status=Outgoing.Status.CANCELLED)
    if read:
        _announce([reader.pk])


def set_follow(follower: User, thing: User | Skill, *, following: bool) -> None:
    """Follow a person or a skill, or no longer; again is no error."""
    if not following:
        Follow.objects.of(follower, thing).delete()
    elif isinstance(thing, User):
        Follow.objects.get_or_create(follower=follower, person=thing)
    else:
        Follow.objects.get_or_create(follower=follower, skill=thing)


def announce_project(author: User, target: str, title: str, skill_ids: list[int]) -> None:
    """Have the job tell the followers of a new project's author and skills; one row."""
    Announcement.objects.create(author=author, target=target, title=title, skill_ids=skill_ids)
