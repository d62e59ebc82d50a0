"""What an operator sees: /readyz, /metrics and the admin."""

from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone
from rest_framework.test import APIClient

from notification.constants import Kind
from notification.models import Delivery, Pause
from notification.services import notify
from user.models import User

pytestmark = pytest.mark.django_db


@pytest.fixture
def waiting(owner: User, partner: User) -> Delivery:
    notify(
        Kind.COMMENT,
        [owner.pk],
        actor=partner,
        target="project:7",
        source="comment:1",
        title="부엉이 시계",
        text="비밀 이야기",
    )
    return Delivery.objects.get()


def test_readyz_says_when_a_mail_has_been_due_for_15_minutes(
    api: APIClient, waiting: Delivery
) -> None:
    assert api.get("/readyz").json()["outbox"]["status"] == "ok"
    Delivery.objects.update(due_at=timezone.now() - timedelta(minutes=16))
    body = api.get("/readyz").json()
    assert body["outbox"]["status"] == "late"
    assert 960 <= body["outbox"]["oldest_seconds"] < 1000
    Pause.objects.create()
    assert api.get("/readyz").json()["outbox"]["status"] == "ok"


def test_metrics_count_what_waits(api: APIClient, waiting: Delivery) -> None:
    text = api.get("/metrics").content.decode()
    assert 'sidepro_deliveries{status="waiting"} 1.0' in text
    assert "sidepro_deliveries_oldest_seconds 0.0" in text


@pytest.mark.parametrize(
    "model",
    ["delivery", "pushdelivery", "subscription", "notification", "settings", "follow", "pause"],
)
def test_the_admin_shows_to_whom_and_never_the_text(
    client: Client, admin: User, waiting: Delivery, model: str
) -> None:
    client.force_login(admin)
    page = client.get(f"/admin/notification/{model}/").content.decode()
    assert "비밀 이야기" not in page
    if model in {"delivery", "notification"}:
        assert "owner" in page
        pk = waiting.pk if model == "delivery" else waiting.notification_id
        detail = client.get(f"/admin/notification/{model}/{pk}/change/").content.decode()
        assert "비밀 이야기" not in detail
        assert "부엉이 시계" not in detail


def test_an_operator_sends_a_test_to_oneself(
    client: Client, admin: User, waiting: Delivery
) -> None:
    client.force_login(admin)
    data = {"action": "send_test", "_selected_action": [waiting.pk]}
    client.post("/admin/notification/delivery/", data)
    assert [message.to for message in mail.outbox] == [[admin.email]]
