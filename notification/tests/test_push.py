"""Web Push: who subscribes, what is sent, and what becomes of it."""

import socket
from collections.abc import Callable
from datetime import datetime, timedelta
from io import StringIO
from typing import Any
from zoneinfo import ZoneInfo

import jwt
import pytest
from django.core.management import call_command
from django.utils import timezone
from pytest_django import Settings
from rest_framework.test import APIClient

from moderation.models import Block
from notification.constants import MOST_SUBSCRIPTIONS, Kind
from notification.models import Notification, Pause, PushDelivery, Subscription
from notification.models import Settings as How
from notification.push.endpoint import ForbiddenEndpointError, connect
from notification.push.send import send_due
from notification.schedule import push_due_at
from notification.services import mark_read, notify, withdraw
from notification.tests.pushserver import KEYS, Rules, push_service, subscribed, turn_on
from user.login.sessions import end_all_sessions
from user.models import User

pytestmark = pytest.mark.django_db

AsUser = Callable[[User], APIClient]

PATH = "/api/v1/notifications/push/"
ENDPOINT = "https://push.example.com/owner"


@pytest.fixture(autouse=True)
def keys(settings: Settings) -> None:
    turn_on(settings)
    settings.MAIL_ENABLED = False


def comment(owner: User, partner: User, number: int = 1, target: str = "project:7") -> None:
    notify(
        Kind.COMMENT,
        [owner.pk],
        actor=partner,
        target=target,
        source=f"comment:{number}",
        title="부엉이 시계",
        text="비밀 이야기",
    )


def make_due() -> None:
    past = timezone.now() - timedelta(seconds=1)
    PushDelivery.objects.waiting().update(due_at=past)


def statuses() -> list[str]:
    return [row.status for row in PushDelivery.objects.order_by("id")]


# --- Subscribing ---


def test_a_browser_subscribes_and_ends_it(owner: User, as_user: AsUser) -> None:
    client = as_user(owner)
    key = client.get(PATH).data["public_key"]
    assert len(key) == 87
    for _ in range(2):  # again is no error
        assert client.post(PATH, {"endpoint": ENDPOINT, "keys": KEYS}).status_code == 204
    assert Subscription.objects.get().user == owner
    for _ in range(2):
        assert client.post(f"{PATH}end/", {"endpoint": ENDPOINT}).status_code == 204
    assert not Subscription.objects.exists()


def test_without_keys_it_is_not_offered(owner: User, as_user: AsUser, settings: Settings) -> None:
    settings.PUSH_ENABLED, settings.VAPID_PUBLIC_KEY = False, ""
    client = as_user(owner)
    assert client.get(PATH).data == {"public_key": ""}
    assert client.post(PATH, {"endpoint": ENDPOINT, "keys": KEYS}).status_code == 404


@pytest.mark.parametrize(
    "endpoint",
    [
        "http://push.example.com/a",
        "https://push.example.com:8443/a",
        "https://user@push.example.com/a",
        "https://127.0.0.1/a",
        "https://127.1/a",
        "https://2130706433/a",
        "https://0x7f.0x1/a",
        "https://[::1]/a",
        "https://localhost/a",
        "https://redis/a",
        "https://push.example.com:port/a",
        "https://push.example.com/" + "a" * 1000,
        "https://푸시.example.com/a",
        "push.example.com",
        "",
    ],
)
def test_what_is_no_push_service_is_refused(owner: User, as_user: AsUser, endpoint: str) -> None:
    answer = as_user(owner).post(PATH, {"endpoint": endpoint, "keys": KEYS})
    assert answer.status_code == 400


@pytest.mark.parametrize(
    "wrong",
    [
        {"p256dh": "BA", "auth": KEYS["auth"]},
        {"p256dh": "B" * 87, "auth": KEYS["auth"]},
        {"p256dh": KEYS["p256dh"], "auth": "short"},
        {"p256dh": KEYS["p256dh"]},
        "keys",
    ],
)
def test_keys_that_nothing_can_be_encrypted_with_are_refused(
    owner: User, as_user: AsUser, wrong: Any
) -> None:
    answer = as_user(owner).post(PATH, {"endpoint": ENDPOINT, "keys": wrong})
    assert answer.status_code == 400


def test_the_oldest_of_too_many_browsers_gives_way(owner: User, as_user: AsUser) -> None:
    client = as_user(owner)
    for number in range(MOST_SUBSCRIPTIONS + 1):
        client.post(PATH, {"endpoint": f"{ENDPOINT}{number}", "keys": KEYS})
    left = Subscription.objects.order_by("id").values_list("endpoint", flat=True)
    assert list(left) == [f"{ENDPOINT}{number}" for number in range(1, MOST_SUBSCRIPTIONS + 1)]


def test_a_browser_is_that_of_who_is_signed_in_there_last(
    owner: User, partner: User, as_user: AsUser
) -> None:
    as_user(owner).post(PATH, {"endpoint": ENDPOINT, "keys": KEYS})
    comment(owner, partner)
    as_user(partner).post(PATH, {"endpoint": ENDPOINT, "keys": KEYS})
    assert Subscription.objects.get().user == partner
    assert not PushDelivery.objects.exists()


def test_nobody_ends_anothers(owner: User, partner: User, as_user: AsUser) -> None:
    subscribed(owner, ENDPOINT)
    as_user(partner).post(f"{PATH}end/", {"endpoint": ENDPOINT})
    assert Subscription.objects.exists()


def test_it_ends_with_the_log_in_session(owner: User) -> None:
    subscribed(owner)
    end_all_sessions(owner)
    assert not Subscription.objects.exists()


# --- What is sent ---


def test_a_push_says_what_happened_and_nothing_of_what_was_written(
    owner: User, partner: User, settings: Settings
) -> None:
    subscribed(owner)
    comment(owner, partner)
    with push_service(settings, Rules()) as service:
        assert send_due() == 1
    ((path, push),) = service.taken
    assert path == "/owner"
    number = Notification.objects.get().pk
    assert push == {
        "title": "프로젝트에 새 댓글이 있어요",
        "body": "partner님이 ‘부엉이 시계’에 댓글을 남겼어요.",
        "url": f"/projects/7?n={number}#comment-1",
        "tag": f"notification-{number}",
        "language": "ko",
    }
    assert statuses() == ["sent"]


def test_a_push_is_signed_for_its_service(owner: User, partner: User, settings: Settings) -> None:
    subscribed(owner)
    comment(owner, partner)
    with push_service(settings, Rules()) as service:
        send_due()
    (headers,) = service.headers
    token = headers["authorization"].removeprefix("vapid t=").partition(",")[0]
    claims = jwt.decode(token, options={"verify_signature": False})
    assert claims["aud"] == "https://push.example.com"
    assert claims["sub"].startswith(("mailto:", "https://"))
    assert (headers["ttl"], headers["content-encoding"]) == ("86400", "aes128gcm")


def test_in_the_readers_language(owner: User, partner: User, settings: Settings) -> None:
    User.objects.filter(pk=owner.pk).update(language="en")
    subscribed(owner)
    comment(owner, partner)
    with push_service(settings, Rules()) as service:
        send_due()
    assert "partner" in service.taken[0][1]["body"]
    assert "댓글" not in service.taken[0][1]["body"]


def test_what_is_due_together_is_one_push(owner: User, partner: User, settings: Settings) -> None:
    subscribed(owner)
    for number in range(500):
        comment(owner, partner, number, f"project:{number % 5}")
    with push_service(settings, Rules()) as service:
        send_due()
    ((_, push),) = service.taken
    assert (push["url"], push["body"]) == ("/notifications", "")
    assert statuses() == ["sent"] * 5


def test_every_browser_gets_it(owner: User, partner: User, settings: Settings) -> None:
    for name in ("phone", "desk"):
        subscribed(owner, f"https://push.example.com/{name}")
    comment(owner, partner)
    with push_service(settings, Rules()) as service:
        assert send_due() == 2
    assert service.times() == {"phone": 1, "desk": 1}


def test_a_row_that_stays_unread_is_pushed_again_after_ten_minutes(
    owner: User, partner: User, settings: Settings
) -> None:
    subscribed(owner)
    comment(owner, partner)
    with push_service(settings, Rules()):
        send_due()
    comment(owner, partner, 2)
    (again,) = PushDelivery.objects.waiting()
    assert timedelta(minutes=9) < again.due_at - timezone.now() <= timedelta(minutes=10)


def test_what_changed_in_between_is_not_sent(
    owner: User, partner: User, stranger: User, settings: Settings
) -> None:
    subscribed(owner)
    comment(owner, partner, 1, "project:1")
    comment(owner, partner, 2, "project:2")
    comment(owner, stranger, 3, "project:3")
    comment(owner, stranger, 4, "project:4")
    mark_read(owner, [Notification.objects.get(target="project:1").pk])
    withdraw(source="comment:2")
    Block.objects.create(blocker=owner, blocked=stranger)
    with push_service(settings, Rules()) as service:
        assert send_due() == 0
    assert not service.taken
    assert set(statuses()) == {"cancelled"}


def test_switched_off_kinds_and_the_suspended_get_none(
    owner: User, partner: User, settings: Settings
) -> None:
    subscribed(owner)
    How.objects.create(user=owner, switches={"reply.push": False})
    owner.refresh_from_db()
    notify(Kind.REPLY, [owner.pk], actor=partner, target="project:7", source="comment:1")
    assert not PushDelivery.objects.exists()
    comment(owner, partner, 2)
    User.objects.filter(pk=owner.pk).update(is_active=False)
    with push_service(settings, Rules()) as service:
        send_due()
    assert not service.taken


def test_a_pause_holds_pushes_back_and_missing_keys_drop_them(
    owner: User, partner: User, settings: Settings
) -> None:
    subscribed(owner)
    comment(owner, partner)
    pause = Pause.objects.create()
    with push_service(settings, Rules()) as service:
        assert send_due() == 0
        pause.delete()
        settings.PUSH_ENABLED = False
        assert send_due() == 0
    assert not service.taken
    assert statuses() == ["cancelled"]


# --- What becomes of it ---


@pytest.mark.parametrize("status", [404, 410])
def test_a_browser_that_is_gone_is_removed(
    owner: User, partner: User, settings: Settings, status: int
) -> None:
    subscribed(owner)
    comment(owner, partner)
    with push_service(settings, Rules(status=status)):
        assert send_due() == 0
    assert not Subscription.objects.exists()


@pytest.mark.parametrize("status", [429, 500, 503])
def test_later_is_later(owner: User, partner: User, settings: Settings, status: int) -> None:
    subscribed(owner)
    comment(owner, partner)
    with push_service(settings, Rules(status=status)):
        send_due()
    delivery = PushDelivery.objects.get()
    assert (delivery.status, delivery.attempts, delivery.error) == ("waiting", 1, str(status))
    assert delivery.due_at > timezone.now() + timedelta(seconds=90)


@pytest.mark.parametrize("status", [302, 400, 401, 403, 413])
def test_no_is_no_and_nobody_is_sent_elsewhere(
    owner: User, partner: User, settings: Settings, status: int
) -> None:
    subscribed(owner)
    comment(owner, partner)
    with push_service(settings, Rules(status=status)):
        send_due()
    assert statuses() == ["failed"]
    assert Subscription.objects.exists()


def test_a_service_that_hangs_is_waited_for_once(
    owner: User, partner: User, stranger: User, settings: Settings
) -> None:
    for person in (owner, stranger):
        subscribed(person)
        comment(person, partner, person.pk)
    started = timezone.now()
    with push_service(settings, Rules(hang=True)):
        assert send_due() == 0
    assert timezone.now() - started < timedelta(seconds=3)
    assert statuses() == ["waiting", "waiting"]


def test_an_address_of_our_own_network_is_never_called(
    owner: User, partner: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    subscribed(owner)
    comment(owner, partner)
    called: list[Any] = []
    monkeypatch.setattr(socket, "create_connection", lambda *args, **_: called.append(args))
    monkeypatch.setattr(socket, "getaddrinfo", resolving_to("93.184.215.14", "10.0.0.5"))
    assert send_due() == 0
    assert not called
    assert not Subscription.objects.exists()


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "10.1.2.3",
        "169.254.169.254",
        "192.168.0.1",
        "100.64.0.1",
        "0.0.0.0",
        "224.0.0.1",
        "::1",
        "fd00::1",
        "fe80::1",
        "::ffff:127.0.0.1",
        "64:ff9b::7f00:1",
        "2002:7f00:1::",
    ],
)
def test_private_addresses_are_forbidden(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(socket, "getaddrinfo", resolving_to(address))
    with pytest.raises(ForbiddenEndpointError):
        connect(ENDPOINT)


def test_the_address_that_was_looked_at_is_the_one_that_is_called(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    called: list[Any] = []

    def refuse(address: Any, *_: Any) -> None:
        called.append(address)
        raise ConnectionRefusedError

    monkeypatch.setattr(socket, "getaddrinfo", resolving_to("93.184.215.14"))
    connection = connect(ENDPOINT)
    monkeypatch.setattr(socket, "getaddrinfo", resolving_to("127.0.0.1"))
    monkeypatch.setattr(socket, "create_connection", refuse)
    with pytest.raises(ConnectionRefusedError):
        connection.connect()
    assert called == [("93.184.215.14", 443)]


def resolving_to(*addresses: str) -> Any:
    return lambda *_, **__: [(0, 0, 0, "", (address, 443)) for address in addresses]


# --- Quiet hours, keys ---


@pytest.mark.parametrize(
    ("hour", "due"),
    [(21, "21:30"), (22, "08:00"), (23, "08:00"), (0, "08:00"), (7, "08:00"), (8, "08:30")],
)
def test_quiet_hours_end_in_the_persons_day(hour: int, due: str) -> None:
    zone = ZoneInfo("America/New_York")
    now = datetime(2026, 11, 27, hour, 30, tzinfo=zone)
    at = push_due_at(How(quiet_from=22, quiet_until=8), str(zone), now)
    assert at.astimezone(zone).strftime("%H:%M") == due
    assert timedelta(0) <= at - now < timedelta(hours=10)


def test_quiet_hours_are_a_setting(owner: User, as_user: AsUser) -> None:
    path = "/api/v1/notifications/settings/"
    client = as_user(owner)
    assert client.get(path).data["quiet_from"] is None
    answer = client.patch(path, {"quiet_from": 22, "quiet_until": 8})
    assert (answer.data["quiet_from"], answer.data["quiet_until"]) == (22, 8)
    assert client.patch(path, {"quiet_from": None, "quiet_until": None}).status_code == 200
    for wrong in ({"quiet_from": 22}, {"quiet_from": 24, "quiet_until": 1}, {"quiet_from": -1}):
        assert client.patch(path, wrong).status_code == 400


def test_one_command_makes_the_keys() -> None:
    out = StringIO()
    call_command("make_vapid_keys", stdout=out)
    public, private = out.getvalue().splitlines()
    assert public.startswith("VAPID_PUBLIC_KEY=B")
    assert (len(public.split("=")[1]), len(private.split("=")[1])) == (87, 43)


def test_costs_the_same_for_one_and_for_many_browsers(
    owner: User, partner: User, django_assert_num_queries: Any
) -> None:
    for number in range(3):
        subscribed(owner, f"{ENDPOINT}{number}")
    with django_assert_num_queries(9):
        comment(owner, partner)
    assert PushDelivery.objects.count() == 3
    assert Notification.objects.count() == 1
