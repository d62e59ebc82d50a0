"""Notifications reach open pages through the inbox socket."""

import pytest
from channels.db import database_sync_to_async

from chat.tests.client import Client
from notification.constants import Kind
from notification.services import mark_read, notify
from user.models import User

pytestmark = pytest.mark.django_db(transaction=True)


@database_sync_to_async
def tell(recipient: User, actor: User, number: int) -> None:
    notify(
        Kind.COMMENT,
        [recipient.pk],
        actor=actor,
        target="project:7",
        source=f"comment:{number}",
        title="부엉이 시계",
    )


async def test_an_open_page_gets_what_is_new_and_the_number(owner: User, partner: User) -> None:
    inbox = await Client.open(owner, "inbox", frames=1)
    assert inbox.greeting[0]["notifications"] == 0
    await tell(owner, partner, 1)
    frame = await inbox.next("notification")
    assert frame["notification"]["title"] == "부엉이 시계"
    assert frame["notification"]["actor"] == {"username": "partner", "image": None}
    assert (await inbox.next("unread"))["notifications"] == 1
    await tell(owner, partner, 2)
    assert (await inbox.next("notification"))["notification"]["count"] == 2
    assert (await inbox.next("unread"))["notifications"] == 1
    await database_sync_to_async(mark_read)(owner, None)
    assert (await inbox.frame()) == {
        "type": "unread",
        "total": 0,
        "requests": 0,
        "notifications": 0,
    }
    await inbox.disconnect()


async def test_other_peoples_pages_get_nothing(owner: User, partner: User, stranger: User) -> None:
    inbox = await Client.open(stranger, "inbox", frames=1)
    await tell(owner, partner, 1)
    assert await inbox.nothing("notification", "unread")
    await inbox.disconnect()
