"""Mails: what they say, when they go, and what becomes of them."""

import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail, signing
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from moderation.services import block
from notification import outbox
from notification.constants import Kind
from notification.mail.message import message_for
from notification.mail.send import send_due
from notification.mail.unsubscribe import link_for
from notification.models import Delivery, Notification, Pause
from notification.models import Settings as NotificationSettings
from notification.services import mark_read, notify, withdraw
from notification.tests.mailserver import Rules, mail_server
from user.models import User
from user.tests.factories import UserFactory

pytestmark = pytest.mark.django_db(transaction=True)

Status = Delivery.Status


@pytest.fixture
def server(settings: Settings) -> Iterator[Rules]:
    with mail_server(settings, Rules()) as rules:
        yield rules


def comment(recipient: User, actor: User | None, number: int = 1, **changes: Any) -> None:
    fields: dict[str, Any] = {
        "actor": actor,
        "target": f"project:{number}",
        "source": f"comment:{number}",
        "title": "부엉이 시계",
    }
    notify(Kind.COMMENT, [recipient.pk], **{**fields, **changes})


def make_due() -> None:
    Delivery.objects.update(due_at=timezone.now() - timedelta(seconds=1))


def statuses() -> list[str]:
    return list(Delivery.objects.order_by("id").values_list("status", flat=True))


def test_a_mail_goes_when_it_is_due_and_once(server: Rules, owner: User, partner: User) -> None:
    comment(owner, partner)
    assert send_due() == 0
    make_due()
    assert send_due() == 1
    make_due()
    assert send_due() == 0
    assert server.times() == {owner.email: 1}
    assert statuses() == [Status.SENT]


def test_all_that_is_due_for_a_person_goes_in_one_mail(
    server: Rules, owner: User, partner: User
) -> None:
    for number in range(25):
        comment(owner, partner, number)
    make_due()
    assert send_due() == 1
    assert set(statuses()) == {Status.SENT}
    text = str(server.taken[0].get_payload(0).get_payload(decode=True), "utf-8")  # type: ignore[union-attr, arg-type]
    assert text.count("/projects/") == 20
    assert "그 밖에 5개가 더 있어요." in text


def test_500_comments_in_a_minute_are_one_mail(server: Rules, owner: User, partner: User) -> None:
    for number in range(500):
        comment(owner, partner, number, target="project:7")
    assert Delivery.objects.count() == 1
    make_due()
    assert send_due() == 1
    assert Notification.objects.for_list(owner).get().count == 500  # type: ignore[attr-defined]


def test_a_mail_reads_well_in_both_parts_and_without_strangers_words_in_the_subject(
    owner: User, partner: User
) -> None:
    comment(
        owner, partner, title="<b>제목</b>\r\nBcc: x@y.z", text="<script>안녕</script>\n둘째 줄"
    )
    make_due()
    send_due()
    (message,) = mail.outbox
    assert message.subject == "[SidePro] 프로젝트에 새 댓글이 있어요"
    assert "partner님이" in str(message.body)
    assert "  > <script>안녕</script>\n  > 둘째 줄\n" in str(message.body)
    html = str(message.alternatives[0][0])  # type: ignore[attr-defined]
    assert "&lt;script&gt;안녕&lt;/script&gt;" in html
    assert "<script" not in html
    assert "<img" not in html
    row = Notification.objects.get()
    assert f'href="http://localhost:8000/projects/1?n={row.pk}#comment-1"' in html


def test_the_button_leads_to_the_one_thing_or_to_the_list(owner: User, partner: User) -> None:
    comment(owner, partner)
    pk = Notification.objects.get().pk
    make_due()
    send_due()
    comment(owner, partner, 2)
    comment(owner, partner, 3)
    make_due()
    send_due()
    one, two = (str(message.body) for message in mail.outbox)
    assert f"보러 가기:\nhttp://localhost:8000/projects/1?n={pk}#comment-1\n" in one
    assert "알림 모두 보기:\nhttp://localhost:8000/notifications" in two


def test_the_mail_offers_one_click_unsubscribing(owner: User, partner: User) -> None:
    comment(owner, partner)
    make_due()
    send_due()
    headers = mail.outbox[0].extra_headers
    assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    path = headers["List-Unsubscribe"].strip("<>").removeprefix("http://localhost:8000")
    client = Client(enforce_csrf_checks=True)
    assert "그만 받기" in client.get(path).content.decode()
    assert not NotificationSettings.objects.exists(), "following a link changes nothing"
    answer = client.post(path, {"List-Unsubscribe": "One-Click"})
    assert answer.status_code == 200
    settings = NotificationSettings.of(owner)
    assert settings.mail
    assert settings.switches == {"comment.mail": False}, "of what the mail was about, and no more"
    comment(owner, partner, 2)
    assert Delivery.objects.filter(status=Status.WAITING).count() == 0


def test_the_page_at_the_link_says_what_it_ends_and_lets_a_person_choose(owner: User) -> None:
    path = link_for(owner, ["reply", "comment"]).removeprefix("http://localhost:8000")
    page = Client().get(path).content.decode()
    assert "내 프로젝트의 댓글" in page
    assert "내 댓글의 답글" in page
    assert (
        "이제 이런 메일은 보내지 않아요" in Client().post(path, {"what": "kinds"}).content.decode()
    )
    settings = NotificationSettings.of(owner)
    assert settings.switches == {"comment.mail": False, "reply.mail": False}
    assert settings.mail
    assert "이제 알림 메일을 보내지 않아요" in Client().post(path, {"what": "all"}).content.decode()
    assert not NotificationSettings.of(owner).mail
    Client().post(path)
    assert not NotificationSettings.of(owner).mail, "nothing turns mails on again"


def test_links_of_older_mails_end_all(owner: User) -> None:
    token = signing.Signer(salt="notification.unsubscribe").sign_object(owner.pk)
    assert Client().post(f"/api/unsubscribe/{token}/").status_code == 200
    assert not NotificationSettings.of(owner).mail


@pytest.mark.parametrize("forged", ["x", "1:abc", "MQ:AAAA", "%00", "a" * 3000])
def test_forged_links_change_nothing(owner: User, forged: str) -> None:
    assert Client().post(f"/api/unsubscribe/{forged}/").status_code == 404
    link = link_for(owner).removeprefix("http://localhost:8000")
    assert Client().post(link[:-3] + "xx/").status_code == 404
    for elsewhere in ([owner.pk, "comment"], {"user": owner.pk}, "1; --", None):
        token = signing.Signer(salt="another").sign_object(elsewhere)
        assert Client().post(f"/api/unsubscribe/{token}/").status_code == 404
    assert not NotificationSettings.objects.exists()


def test_the_link_of_an_account_that_has_gone_is_not_there(owner: User) -> None:
    link = link_for(owner).removeprefix("http://localhost:8000")
    owner.delete()
    assert Client().post(link).status_code == 404


@pytest.mark.parametrize(
    "before_it_goes",
    [
        lambda owner, partner: withdraw(source="comment:1"),
        lambda owner, partner: withdraw(target="project:1"),
        lambda owner, partner: mark_read(owner, None),
        lambda owner, partner: block(owner, partner),
        lambda owner, partner: block(partner, owner),
        lambda owner, partner: User.objects.filter(pk=owner.pk).update(is_active=False),
        lambda owner, partner: User.objects.filter(pk=partner.pk).update(is_active=False),
        lambda owner, partner: NotificationSettings.objects.create(user=owner, mail=False),
        lambda owner, partner: NotificationSettings.objects.create(
            user=owner, switches={"comment.mail": False}
        ),
        lambda owner, partner: owner.delete(),
    ],
    ids=[
        "comment",
        "project",
        "read",
        "block",
        "blocked",
        "recipient",
        "actor",
        "off",
        "kind",
        "gone",
    ],
)
def test_what_is_no_longer_wanted_is_not_sent(
    owner: User, partner: User, before_it_goes: Any
) -> None:
    comment(owner, partner)
    make_due()
    before_it_goes(owner, partner)
    assert send_due() == 0
    assert mail.outbox == []
    assert Status.WAITING not in statuses()


def test_an_address_that_is_not_confirmed_gets_none(
    owner: User, partner: User, settings: Settings
) -> None:
    comment(owner, partner)
    make_due()
    settings.EMAIL_VERIFICATION = "required"
    assert send_due() == 0
    assert statuses() == [Status.CANCELLED]


@pytest.mark.parametrize("kind", Kind)
@pytest.mark.parametrize("number", [1, 2])
def test_mails_are_in_the_readers_language(
    owner: User, partner: User, kind: Kind, number: int
) -> None:
    User.objects.filter(pk=owner.pk).update(language="en")
    NotificationSettings.objects.create(user=owner, switches={f"{kind}.mail": True})
    for source in range(number):
        fields = {"actor": partner, "target": "project:1", "title": "Owl clock"}
        notify(kind, [owner.pk], source=f"comment:{source}", **fields)  # type: ignore[arg-type]
    make_due()
    send_due()
    (message,) = mail.outbox
    html = str(message.alternatives[0][0])  # type: ignore[union-attr]
    assert 'lang="en"' in html
    style_apart = html.partition("<body")[2]
    assert not re.search("[가-힣]", f"{message.subject} {message.body} {style_apart}")


def test_three_refusals_turn_a_persons_mail_off(server: Rules, partner: User) -> None:
    gone = UserFactory.create(email="gone@example.com")
    for number in range(4):
        comment(gone, partner, number)
        make_due()
        send_due()
    assert NotificationSettings.of(gone).mail_refused
    assert statuses() == [Status.FAILED] * 3
    assert server.taken == []


def test_a_mail_that_arrives_forgets_refusals(server: Rules, owner: User, partner: User) -> None:
    NotificationSettings.objects.create(user=owner, bounces=2)
    comment(owner, partner)
    make_due()
    send_due()
    assert NotificationSettings.of(owner).bounces == 0


def test_later_means_later_each_time_twice_as_long(
    server: Rules, owner: User, partner: User
) -> None:
    server.busy = 1.0
    comment(owner, partner)
    waits = []
    for _ in range(3):
        make_due()
        before = timezone.now()
        send_due()
        waits.append(round((Delivery.objects.get().due_at - before).total_seconds() / 60))
    assert waits == [2, 4, 8]
    server.busy = 0.0
    make_due()
    assert send_due() == 1


def test_a_text_that_the_server_refuses_is_not_counted_against_the_person(
    server: Rules, owner: User, partner: User
) -> None:
    server.refuse_content = "552 too much"
    comment(owner, partner)
    make_due()
    send_due()
    assert statuses() == [Status.FAILED]
    assert NotificationSettings.of(owner).bounces == 0


def test_a_text_refused_for_now_goes_later(server: Rules, owner: User, partner: User) -> None:
    server.refuse_content = "452 later"
    comment(owner, partner)
    make_due()
    send_due()
    assert statuses() == [Status.WAITING]
    server.refuse_content = ""
    make_due()
    assert send_due() == 1


def test_a_server_that_is_away_delays_and_loses_nothing(
    owner: User, partner: User, settings: Settings
) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    comment(owner, partner)
    make_due()
    assert send_due() == 0
    delivery = Delivery.objects.get()
    assert (delivery.status, delivery.attempts, delivery.claimed_by) == (Status.WAITING, 0, None)
    with mail_server(settings, Rules()):
        assert send_due() == 1


def test_a_server_that_hangs_holds_the_job_up_no_longer_than_the_timeout(
    server: Rules, owner: User, partner: User, stranger: User, settings: Settings
) -> None:
    server.hang = True
    settings.EMAIL_TIMEOUT = 1
    comment(owner, partner)
    comment(stranger, partner, 2)
    make_due()
    begun = timezone.now()
    assert send_due() == 0
    assert (timezone.now() - begun).total_seconds() < 5
    assert Status.SENT not in statuses()


def test_one_mail_that_cannot_be_made_does_not_keep_the_others_back(
    owner: User, partner: User, stranger: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = message_for

    def broken(reader: User, *rest: Any) -> Any:
        if reader == owner:
            raise ValueError("broken")
        return real(reader, *rest)

    monkeypatch.setattr("notification.mail.send.message_for", broken)
    comment(owner, partner)
    comment(stranger, partner, 2)
    make_due()
    assert send_due() == 1
    assert sorted(statuses()) == [Status.SENT, Status.WAITING]


def test_while_mail_is_paused_it_waits(owner: User, partner: User) -> None:
    comment(owner, partner)
    make_due()
    pause = Pause.objects.create()
    assert send_due() == 0
    pause.delete()
    assert send_due() == 1


def test_a_second_job_finds_what_the_first_has_claimed_taken(owner: User, partner: User) -> None:
    comment(owner, partner)
    make_due()
    first = outbox.claimed(Delivery, timezone.now() + timedelta(seconds=50))
    assert next(first)[0] == owner
    assert send_due() == 0
    first.close()  # type: ignore[attr-defined]
    assert send_due() == 1


def test_what_a_dead_job_had_claimed_is_sent_after_a_while(owner: User, partner: User) -> None:
    comment(owner, partner)
    make_due()
    first = outbox.claimed(Delivery, timezone.now() + timedelta(seconds=50))
    next(first)
    Delivery.objects.update(claimed_until=timezone.now() - timedelta(seconds=1))
    assert send_due() == 1


def test_a_job_that_lost_its_claim_does_not_send(
    server: Rules, owner: User, partner: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = message_for

    def slow(*args: Any) -> Any:
        mark_read(owner, None)  # the person reads it while the mail is being made
        return real(*args)

    monkeypatch.setattr("notification.mail.send.message_for", slow)
    comment(owner, partner)
    make_due()
    assert send_due() == 0
    assert server.taken == []


def test_the_message_id_stays_the_same_over_tries(
    server: Rules, owner: User, partner: User
) -> None:
    comment(owner, partner)
    make_due()
    send_due()
    pk = Delivery.objects.get().pk
    assert server.taken[0]["Message-ID"] == f"<notification-{pk}@localhost>"


def test_digest_waits_for_the_morning_but_not_a_request(owner: User, partner: User) -> None:
    NotificationSettings.objects.create(user=owner, digest="daily")
    comment(owner, partner)
    notify(Kind.CHAT_REQUEST, [owner.pk], actor=partner, target="room:1", source="room:1:request")
    digest, request = Delivery.objects.order_by("id")
    assert timezone.localtime(digest.due_at).hour == 9
    assert request.due_at - request.created_at == timedelta(minutes=10)


def test_the_embedded_mode_keeps_and_shows_mails(
    owner: User, partner: User, settings: Settings, tmp_path: Any
) -> None:
    settings.EMAIL_BACKEND = "sidepro.mailbox.EmailBackend"
    settings.EMAIL_FILE_PATH = tmp_path / "mail"
    settings.DEBUG = True
    comment(owner, partner)
    make_due()
    assert send_due() == 1
    page = Client().get("/mail/").content.decode()
    assert "[SidePro] 프로젝트에 새 댓글이 있어요" in page
    (link,) = re.findall(r'href="(/mail/[\w-]+/)"', page)
    assert "partner님이" in Client().get(link).content.decode()
    settings.DEBUG = False
    assert Client().get("/mail/").status_code == 404
    assert Client().get(link).status_code == 404
