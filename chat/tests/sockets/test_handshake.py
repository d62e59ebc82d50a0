"""Who is let in, and where a room stands then."""

import uuid
from datetime import timedelta

import pytest
from channels.db import database_sync_to_async as db

from chat.models import Lease
from chat.realtime.handshake import is_allowed
from chat.tests.client import Client
from chat.tests.sockets.shared import person, refused, suspend
from user.tests.factories import access_token_for

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("closed_sockets")]


class TestHandshake:
    async def test_without_a_good_token_is_4401(self, room, owner):
        path = f"/ws/chat/{room.pk}/"
        expired = await db(access_token_for)(owner)
        expired.set_exp(lifetime=timedelta(seconds=-1))
        for token in (None, "x", "a.b.c", str(expired)):
            assert await refused(Client(path, token)) == 4401
        await db(suspend)(owner)
        assert await refused(Client(path, str(await db(access_token_for)(owner)))) == 4401

    async def test_the_token_must_not_stand_in_the_address(self, room, owner):
        token = await db(access_token_for)(owner)
        assert await refused(Client(f"/ws/chat/{room.pk}/?token={token}", None)) == 4401

    async def test_somebody_elses_room_is_4404(self, room, stranger, owner):
        token = str(await db(access_token_for)(stranger))
        assert await refused(Client(f"/ws/chat/{room.pk}/", token)) == 4404
        mine = str(await db(access_token_for)(owner))
        assert await refused(Client(f"/ws/chat/{uuid.uuid4()}/", mine)) == 4404
        assert await refused(Client("/ws/elsewhere/", mine)) == 4404
        assert await db(Lease.objects.count)() == 0

    async def test_a_refused_socket_hears_nothing_of_the_room(self, room, stranger, partner):
        client = Client(f"/ws/chat/{room.pk}/", str(await db(access_token_for)(stranger)))
        assert await refused(client) == 4404
        other = await Client.open(partner, room)
        await other.send_message("between us")
        await other.send_json_to({"type": "typing"})
        assert await other.next("message.new")
        assert await client.receive_nothing(0.2)
        await client.disconnect()

    async def test_pages_of_other_sites_are_refused(self, room, owner):
        token = str(await db(access_token_for)(owner))
        origins = (
            *(b"https://evil.example", b"null", b"file://", b"http://localhost:x"),
            *(b"https://localhost:8000", b"http://localhost:9000", b"http://localhost"),
            *(b"http://localhost.evil.example:8000", b"ftp://localhost:8000"),
        )
        for origin in origins:
            connected, _ = await Client(f"/ws/chat/{room.pk}/", token, origin).connect()
            assert not connected

    @pytest.mark.parametrize(
        ("origin", "host", "allowed"),
        [
            (None, b"site.example", True),
            (b"https://site.example", b"site.example", True),
            (b"https://site.example:443", b"site.example", True),
            (b"http://site.example", b"site.example", False),
            (b"https://site.example:8443", b"site.example", False),
            (b"https://static.example", b"site.example", True),
            (b"https://static.example:444", b"site.example", False),
            (b"https://www.site.example", b"www.site.example", True),
            (b"https://www.site.example:8443", b"www.site.example:8443", True),
            (b"https://evil.example", b"evil.example", False),
        ],
    )
    def test_an_origin_is_scheme_host_and_port(self, settings, origin, host, allowed):
        settings.ALLOWED_HOSTS = ["site.example", "www.site.example"]
        settings.FRONTEND_URL = "https://site.example"
        settings.CORS_ALLOWED_ORIGINS = ["https://static.example"]
        settings.SECURE_SSL_REDIRECT = True
        assert is_allowed(origin, host) is allowed

    async def test_the_server_picks_the_protocol_and_tells_where_the_room_stands(
        self, room, owner, partner
    ):
        client = await Client.open(owner, room)
        assert client.greeting == [
            {"type": "status", "status": "running", "writable": True},
            {"type": "presence", **person(partner), "online": False},
        ]

    async def test_a_token_that_ends_closes_the_socket(self, room, owner):
        token = await db(access_token_for)(owner)
        token.set_exp(lifetime=timedelta(seconds=2))
        client = Client(f"/ws/chat/{room.pk}/", str(token))
        await client.connect()
        assert await client.close_code() == 4401

    async def test_too_many_sockets_of_one_person_are_4429(self, room, owner, settings):
        settings.CHAT_SOCKETS_PER_USER = 2
        await Client.open(owner, room)
        await Client.open(owner, "inbox", frames=1)
        token = str(await db(access_token_for)(owner))
        for path in (f"/ws/chat/{room.pk}/", "/ws/inbox/"):
            assert await refused(Client(path, token)) == 4429
        assert await db(Lease.objects.count)() == 2
