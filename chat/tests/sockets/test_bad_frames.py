"""What a client may not send gets an error, and closes the socket only where it has to."""

from unittest.mock import AsyncMock

import pytest
from autobahn.exception import Disconnected
from channels.db import database_sync_to_async as db

from chat.consumers import ChatConsumer
from chat.tests.client import Client
from chat.tests.sockets.shared import messages
from user.models import User
from user.tests.factories import access_token_for

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("closed_sockets")]


SOME_ID = "1c0ffee0-0000-4000-8000-000000000001"
MESSAGE = '{"type":"message.send","client_id":"%s","body":%s}'


async def test_a_client_that_has_just_gone_is_not_told(monkeypatch):
    monkeypatch.setattr(ChatConsumer, "send", AsyncMock(side_effect=Disconnected))
    await ChatConsumer().send_frame("pong")


class TestBadFrames:
    @pytest.mark.parametrize(
        ("text", "code"),
        [
            ("{", "malformed"),
            ("[]", "malformed"),
            ("null", "malformed"),
            ('{"type": 5}', "malformed"),
            ("[" * 8000, "malformed"),
            ('{"type":"room.messages","messages":[]}', "unknown_type"),
            ('{"type":"room_changed"}', "unknown_type"),
            ('{"type":"websocket.disconnect"}', "unknown_type"),
            ('{"type":"message.new","seq":1}', "unknown_type"),
            ('{"type":"message.send","body":"x"}', "invalid"),
            ('{"type":"message.send","client_id":"x","body":"x"}', "invalid"),
            ('{"type":"message.send","client_id":["x"],"body":"x"}', "invalid"),
            (MESSAGE % (SOME_ID, "5"), "invalid"),
            (MESSAGE % (SOME_ID, '""'), "invalid"),
            (MESSAGE % (SOME_ID, '" \\n "'), "invalid"),
            (MESSAGE % (SOME_ID, '"a\\u0000b"'), "invalid"),
            (MESSAGE % (SOME_ID, '"\\ud800"'), "invalid"),
            (MESSAGE % (SOME_ID, f'"{"x" * 4001}"'), "invalid"),
            ('{"type":"sync"}', "invalid"),
            ('{"type":"sync","after":-1}', "invalid"),
            ('{"type":"sync","after":1e400}', "invalid"),
            ('{"type":"sync","after":99999999999}', "invalid"),
            ('{"type":"sync","after":true}', "invalid"),
            ('{"type":"read","seq":"1"}', "invalid"),
            ('{"type":"read","seq":1.5}', "invalid"),
        ],
    )
    async def test_get_an_error_and_the_socket_goes_on(self, room, owner, partner, text, code):
        client, other = await Client.open(owner, room), await Client.open(partner, room)
        await client.send_to(text_data=text)
        assert (await client.next("error"))["code"] == code
        await client.send_json_to({"type": "ping"})
        assert await client.next("pong")
        await other.send_json_to({"type": "ping"})
        assert await other.next("pong", "error", "message.new") == {"type": "pong"}
        assert await messages(room) == []

    @pytest.mark.parametrize(
        ("asked", "account", "detail"),
        [
            ("en-GB,en;q=0.9,ko;q=0.8", "ko", "Frames of this type are not known."),
            ("ko-KR,ko;q=0.9", "en", "모르는 종류의 프레임이에요."),
            ("fr", "en", "Frames of this type are not known."),
            ("", "ko", "모르는 종류의 프레임이에요."),
        ],
    )
    async def test_get_an_error_in_the_language_that_is_asked_for(
        self, room, owner, asked, account, detail
    ):
        await User.objects.aupdate(language=account)
        token = await db(access_token_for)(owner)
        client = Client(f"/ws/chat/{room.pk}/", str(token))
        client.scope["headers"].append((b"accept-language", asked.encode()))
        await client.connect()
        await client.send_json_to({"type": "nothing"})
        assert (await client.next("error"))["detail"] == detail

    async def test_binary_frames_get_an_error(self, room, owner):
        client = await Client.open(owner, room)
        await client.send_to(bytes_data=b"\x00\xff")
        assert (await client.next("error"))["code"] == "malformed"

    async def test_four_thousand_letters_are_taken(self, room, owner):
        client = await Client.open(owner, room)
        await client.send_message("가" * 4000)
        assert await client.next("message.ack")

    @pytest.mark.parametrize("size", [16 * 1024 + 1, 1_000_000])
    async def test_huge_frames_close_with_1009_and_leave_the_partner_alone(
        self, room, owner, partner, size
    ):
        client, other = await Client.open(owner, room), await Client.open(partner, room)
        await client.send_to(text_data="x" * size)
        assert await client.close_code() == 1009
        await other.send_message("still here")
        assert await other.next("message.ack")

    async def test_floods_close_with_4429(self, room, owner, settings):
        settings.CHAT_FRAMES_BURST, settings.CHAT_FRAMES_PER_SECOND = 5, 0.1
        client = await Client.open(owner, room)
        for _ in range(8):
            await client.send_json_to({"type": "ping"})
        assert await client.close_code() == 4429
