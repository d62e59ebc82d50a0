"""The chat socket and the inbox socket, through the whole ASGI application."""

import asyncio
import uuid
from datetime import timedelta
from unittest.mock import AsyncMock

import pytest
from autobahn.exception import Disconnected
from channels.db import database_sync_to_async as db
from channels.layers import get_channel_layer
from django.utils import timezone
from redis.exceptions import ConnectionError as RedisConnectionError

from chat import constants, services
from chat.consumers import ChatConsumer
from chat.models import Lease, Message, Room
from chat.realtime import groups
from chat.realtime.handshake import is_allowed
from chat.realtime.heartbeat import Heartbeat, heartbeat, is_late
from chat.realtime.store import store
from chat.serializers import message_data
from chat.tests.client import Client
from chat.tests.factories import make_room, new_message
from user.login.sessions import end_all_sessions, end_session, start_session, suspend_users
from user.models import User
from user.tests.factories import access_token_for

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("closed_sockets")]


@pytest.fixture
def room(owner, partner):
    return make_room(owner, partner)


@db
def messages(room):
    return list(Message.objects.filter(room=room).order_by("seq").values_list("seq", "body"))


def person(user):
    """How frames name a person."""
    return {"user_id": user.pk, "username": user.username}


async def refused(client):
    await client.connect()
    return await client.close_code()


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


def suspend(user):
    suspend_users(User.objects.filter(pk=user.pk))


class TestTalking:
    async def test_two_members_talk_in_one_order(self, room, owner, partner):
        one, other = await Client.open(owner, room), await Client.open(partner, room)
        client_id = await one.send_message(" \n  안녕하세요 ☕️👩‍💻\u200b ")
        ack = await one.next("message.ack")
        assert (ack["client_id"], ack["seq"]) == (client_id, 1)
        await other.send_message("반가워요")
        for client in (one, other):
            first, second = [await client.next("message.new") for _ in range(2)]
            assert (first["seq"], first["sender"], first["client_id"]) == (1, "owner", client_id)
            assert first["body"] == "  안녕하세요 ☕️👩‍💻\u200b".rstrip()
            assert (second["seq"], second["sender"], second["body"]) == (2, "partner", "반가워요")
        assert [seq for seq, _ in await messages(room)] == [1, 2]

    async def test_an_acknowledged_message_is_in_the_database(self, room, owner):
        client = await Client.open(owner, room)
        await client.send_message("x")
        await client.next("message.ack")
        assert await messages(room) == [(1, "x")]

    async def test_the_same_client_id_is_not_a_second_message(self, room, owner, partner):
        one, other = await Client.open(owner, room), await Client.open(partner, room)
        client_id = await one.send_message("first")
        first = await one.next("message.ack")
        await one.send_message("another body", client_id)
        assert await one.next("message.ack") == first
        assert await messages(room) == [(1, "first")]
        await other.next("message.new")
        assert await other.nothing("message.new")

    async def test_the_same_client_id_of_the_partner_is_another_message(self, room, owner, partner):
        one, other = await Client.open(owner, room), await Client.open(partner, room)
        client_id = await one.send_message("mine")
        await one.next("message.ack")
        await other.send_message("yours", client_id)
        assert (await other.next("message.ack"))["seq"] == 2

    async def test_a_burst_gets_each_number_once(self, room, owner, partner):
        one, other = await Client.open(owner, room), await Client.open(partner, room)
        for number in range(20):
            await one.send_message(f"a{number}")
            await other.send_message(f"b{number}")
        for client in (one, other):
            seqs = [(await client.next("message.new"))["seq"] for _ in range(40)]
            assert seqs == list(range(1, 41))

    async def test_a_forged_sender_and_number_are_not_read(self, room, owner, partner):
        client = await Client.open(owner, room)
        frame = {"type": "message.send", "client_id": str(uuid.uuid4()), "body": "x"}
        await client.send_json_to(
            frame | {"sender": "partner", "sender_id": partner.pk, "seq": 99, "room": "other"}
        )
        new = await client.next("message.new")
        assert (new["sender_id"], new["sender"], new["seq"]) == (owner.pk, "owner", 1)


class TestSync:
    async def test_gives_everything_after_in_order_then_live(self, owner, partner):
        room = await db(make_room)(owner, partner, 205)
        client = await Client.open(owner, room)
        await client.send_json_to({"type": "sync", "after": 3})
        frames = [await client.frame() for _ in range(203)]
        assert [f["seq"] for f in frames[:-1]] == list(range(4, 206))
        assert frames[-1] == {"type": "sync.done", "last_seq": 205}
        await client.send_message("live")
        assert (await client.next("message.new"))["seq"] == 206

    async def test_what_comes_before_the_sync_comes_once(self, room, owner, partner):
        other = await Client.open(partner, room)
        await other.send_message("before")
        await other.next("message.ack")
        late = await Client.open(owner, room)
        await other.send_message("between")
        await other.next("message.ack")
        await late.send_json_to({"type": "sync", "after": 0})
        assert [(await late.next("message.new"))["seq"] for _ in range(2)] == [1, 2]
        assert (await late.next("sync.done", "message.new"))["type"] == "sync.done"

    async def test_a_client_that_does_not_sync_gets_what_is_new_since_it_connected(
        self, owner, partner
    ):
        room = await db(make_room)(owner, partner, 3)
        silent, other = await Client.open(owner, room), await Client.open(partner, room)
        await other.send_message("new")
        assert (await silent.next("message.new"))["seq"] == 4

    async def test_a_hole_is_filled_from_the_database(self, room, owner, partner):
        client = await Client.open(owner, room)
        await client.send_json_to({"type": "sync", "after": 0})
        await client.next("sync.done")
        await db(make_room)(owner, partner, 3)  # three hints that got lost
        other = await Client.open(partner, room)
        await other.send_message("fourth")
        assert [(await client.next("message.new"))["seq"] for _ in range(4)] == [1, 2, 3, 4]

    async def test_hints_that_overtake_each_other_are_sent_in_order(self, room, owner):
        client = await Client.open(owner, room)
        await client.send_json_to({"type": "sync", "after": 0})
        await client.next("sync.done")
        for seq in (3, 2, 1):  # not in the database: what is sent can only come from the hints
            message = new_message(room, owner)
            message.seq = seq
            await groups.publish(
                groups.room_group(room.pk), "room.messages", messages=[message_data(message)]
            )
        assert [(await client.next("message.new"))["seq"] for _ in range(3)] == [1, 2, 3]

    async def test_a_lost_last_hint_heals_with_the_heartbeat(self, room, owner, partner):
        client = await Client.open(owner, room)
        await client.send_json_to({"type": "sync", "after": 0})
        await client.next("sync.done")
        await db(make_room)(owner, partner, 2)
        await heartbeat().beat()
        assert [(await client.next("message.new"))["seq"] for _ in range(2)] == [1, 2]

    async def test_repeated_and_old_hints_are_dropped(self, room, owner, partner):
        client = await Client.open(owner, room)
        await client.send_message("x")
        received = await client.next("message.new")
        del received["type"]
        await groups.publish(groups.room_group(room.pk), "room.messages", messages=[received])
        assert await client.nothing("message.new")

    async def test_after_silence_the_head_is_told(self, room, owner, monkeypatch):
        client = await Client.open(owner, room)
        monkeypatch.setattr(constants, "HEAD_EVERY", 0)
        await heartbeat().beat()
        assert (await client.next("head"))["last_seq"] == 0


class TestReadTypingPresence:
    async def test_read_marks_move_forward_only_and_not_beyond_the_end(self, owner, partner):
        room = await db(make_room)(owner, partner, 4)
        one, other = await Client.open(owner, room), await Client.open(partner, room)
        for seq, received in ((2, 2), (1, None), (99, 4), (2**31 - 1, None)):
            await one.send_json_to({"type": "read", "seq": seq})
            if received:
                assert await other.next("read") == {
                    "type": "read",
                    **person(owner),
                    "seq": received,
                }
            else:
                assert await other.nothing("read")
        fresh = await db(Room.objects.get)(pk=room.pk)
        assert max(fresh.low_read_seq, fresh.high_read_seq) == 4

    async def test_typing_reaches_the_partner_at_most_every_two_seconds(self, room, owner, partner):
        one, other = await Client.open(owner, room), await Client.open(partner, room)
        for _ in range(3):
            await one.send_json_to({"type": "typing"})
        assert await other.next("typing") == {"type": "typing", **person(owner)}
        assert await other.nothing("typing")
        assert await one.nothing("typing")

    async def test_presence_counts_tabs(self, room, owner, partner):
        one = await Client.open(owner, room)
        tabs = [await Client.open(partner, room) for _ in range(2)]
        assert await one.next("presence") == {
            "type": "presence",
            **person(partner),
            "online": True,
        }
        await tabs[0].disconnect()
        assert await one.nothing("presence")
        await tabs[1].disconnect()
        assert (await one.next("presence"))["online"] is False
        assert await db(Lease.objects.count)() == 1

    async def test_the_presence_of_a_process_that_died_ends(self, room, owner, partner):
        await db(Lease.objects.create)(
            room=room, user=partner, expires_at=timezone.now() + timedelta(seconds=45)
        )
        one = await Client.open(owner, room)
        assert one.greeting[1]["online"] is True
        await db(Lease.objects.filter(user=partner).update)(expires_at=timezone.now())
        await heartbeat().beat()
        assert (await one.next("presence"))["online"] is False

    async def test_the_heartbeat_renews_the_lease_also_after_it_was_lost(self, room, owner):
        await Client.open(owner, room)
        await db(Lease.objects.all().delete)()
        await heartbeat().beat()
        lease = await db(Lease.objects.get)()
        assert lease.expires_at > timezone.now() + timedelta(seconds=30)

    async def test_the_heartbeat_renews_no_lease_of_suspended_people_and_of_rooms_that_are_gone(
        self, room, owner, partner, stranger
    ):
        kept = await db(make_room)(owner, stranger)
        await Client.open(owner, room)
        await Client.open(owner, kept)
        await Client.open(stranger, kept)
        await db(room.delete)()
        await db(suspend)(stranger)
        await db(Lease.objects.all().delete)()
        await heartbeat().beat()
        assert await db(lambda: list(Lease.objects.values_list("user", "room")))() == [
            (owner.pk, kept.pk)
        ]

    async def test_leases_of_processes_that_died_are_removed(self, room, owner, partner):
        dead = timezone.now() - constants.LEASE - timedelta(seconds=1)
        await db(Lease.objects.create)(room=room, user=partner, expires_at=dead)
        client = await Client.open(owner, room)
        await client.disconnect()
        assert await db(Lease.objects.count)() == 0

    async def test_ping_is_answered(self, room, owner):
        client = await Client.open(owner, room)
        await client.send_json_to({"type": "ping"})
        assert await client.next("pong") == {"type": "pong"}


class TestLeaving:
    async def test_open_sockets_become_read_only_at_once_and_back(self, room, owner, partner):
        one = await Client.open(owner, room)
        await db(services.leave)(room.pk, partner.pk)
        received = await one.next("status")
        assert (received["status"], received["writable"]) == ("pending", False)
        client_id = await one.send_message("x")
        error = await one.next("error")
        assert (error["code"], error["client_id"]) == ("read_only", client_id)
        assert await messages(room) == []
        await db(services.ask)(partner, owner)
        received = await one.next("status")
        assert (received["status"], received["writable"]) == ("running", True)

    async def test_the_one_who_left_is_put_out(self, room, owner):
        client = await Client.open(owner, room)
        await db(services.leave)(room.pk, owner.pk)
        assert await client.close_code() == 4404

    @pytest.mark.parametrize("room_or_inbox", ["room", "inbox"])
    @pytest.mark.parametrize("event", ["log-out", "new password", "revoked session", "suspension"])
    async def test_the_end_of_a_log_in_closes_its_sockets_with_the_heartbeat(
        self, room, owner, partner, event, room_or_inbox
    ):
        pair = await db(start_session)(owner)
        path = f"/ws/chat/{room.pk}/" if room_or_inbox == "room" else "/ws/inbox/"
        client, other = Client(path, pair.access), await Client.open(partner, room)
        await client.connect()
        await client.frame()
        end = {
            "log-out": lambda: end_session(pair.refresh),
            "new password": lambda: end_all_sessions(owner),
            "revoked session": lambda: owner.sessions.all().delete(),
            "suspension": lambda: suspend(owner),
        }[event]
        await db(end)()
        await heartbeat().beat()
        assert await client.close_code() == 4401
        await other.send_json_to({"type": "ping"})
        assert await other.next("pong"), "other people's sockets go on"

    async def test_another_log_in_of_the_same_person_goes_on(self, room, owner):
        first, second = await Client.open(owner, room), await db(start_session)(owner)
        client = Client(f"/ws/chat/{room.pk}/", second.access)
        await client.connect()
        await client.frame()
        await db(end_session)(second.refresh)
        await heartbeat().beat()
        assert await client.close_code() == 4401
        await first.send_json_to({"type": "ping"})
        assert await first.next("pong")


class TestHeartbeat:
    async def test_a_socket_that_fails_concerns_that_socket_alone(
        self, room, owner, partner, monkeypatch
    ):
        await Client.open(owner, room)
        other = await Client.open(partner, room)
        await other.send_json_to({"type": "sync", "after": 0})
        await other.next("sync.done")
        on_heartbeat = ChatConsumer.on_heartbeat

        async def fail_for_the_owner(self, state):
            if self.user_id == owner.pk:
                raise RuntimeError
            await on_heartbeat(self, state)

        monkeypatch.setattr(ChatConsumer, "on_heartbeat", fail_for_the_owner)
        await db(make_room)(owner, partner, 1)
        await heartbeat().beat()
        assert (await other.next("message.new"))["seq"] == 1

    async def test_a_socket_that_hangs_is_not_waited_for(self, room, owner, partner, monkeypatch):
        await Client.open(owner, room)
        other = await Client.open(partner, room)
        await other.send_json_to({"type": "sync", "after": 0})
        await other.next("sync.done")
        on_heartbeat, hanging = ChatConsumer.on_heartbeat, asyncio.Event()

        async def hang_for_the_owner(self, state):
            if self.user_id == owner.pk:
                await hanging.wait()
            await on_heartbeat(self, state)

        monkeypatch.setattr(ChatConsumer, "on_heartbeat", hang_for_the_owner)
        monkeypatch.setattr("chat.realtime.heartbeat.REPAIR_WITHIN", 0.05)
        for seq in (1, 2):
            await db(lambda: store([new_message(room, owner)]))()
            await heartbeat().beat()
            assert (await other.next("message.new"))["seq"] == seq
        hanging.set()

    async def test_it_goes_on_whatever_happens_and_says_when_it_is_late(
        self, room, owner, monkeypatch, api
    ):
        await Client.open(owner, room)
        beats = []
        thrice = asyncio.Event()

        async def fail(self):
            beats.append(1)
            if len(beats) == 3:
                thrice.set()
            raise RuntimeError

        with monkeypatch.context() as patch:
            patch.setattr("chat.realtime.heartbeat.HEARTBEAT", 0.01)
            patch.setattr("chat.realtime.heartbeat.LATE", 0.0)
            patch.setattr(Heartbeat, "beat", fail)
            beating = Heartbeat()
            beating.add(next(iter(heartbeat().members)))
            await asyncio.wait_for(thrice.wait(), 10)
            beating.members.clear()
            assert is_late()
            answer = await db(api.get)("/readyz")
            assert (answer.status_code, answer.json()["heartbeat"]) == (503, "unavailable")
        assert not is_late()

    async def test_a_consumer_that_is_cancelled_leaves_it(self, room, owner):
        client = await Client.open(owner, room)
        assert heartbeat().members
        client.future.cancel()
        await asyncio.sleep(0.05)
        assert not heartbeat().members


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


class TestWithoutTheLayer:
    async def test_messages_are_stored_and_acknowledged_and_arrive_later(
        self, room, owner, partner, monkeypatch
    ):
        one, other = await Client.open(owner, room), await Client.open(partner, room)
        for client in (one, other):
            await client.send_json_to({"type": "sync", "after": 0})
            await client.next("sync.done")
        layer = get_channel_layer()

        async def away(*args):
            raise RedisConnectionError("away")

        with monkeypatch.context() as patch:
            patch.setattr(layer, "group_send", away)
            await one.send_message("into the dark")
            assert (await one.next("message.ack"))["seq"] == 1
        await heartbeat().beat()
        assert (await other.next("message.new"))["body"] == "into the dark"


class TestInbox:
    async def test_tells_of_new_rooms_messages_and_unread_counts(self, owner, partner, stranger):
        inbox = await Client.open(partner, "inbox", frames=1)
        assert inbox.greeting == [{"type": "unread", "total": 0, "requests": 0, "notifications": 0}]
        room = await db(make_room)(owner, partner)
        await groups.notify_inboxes([(room.pk, partner.pk)])
        received = await inbox.next("room")
        assert received["room"]["partner"]["username"] == "owner"
        one = await Client.open(owner, room)
        await one.send_message("있나요?")
        while True:
            received = await inbox.next("room")
            if received["room"]["unread_count"]:
                break
        assert received["room"]["last_message"]["body"] == "있나요?"
        assert (await inbox.next("unread"))["total"] == 1

    async def test_hears_of_every_room_that_changed_within_a_moment(self, owner, partner, stranger):
        rooms = [await db(make_room)(owner, other) for other in (partner, stranger)]
        inbox = await Client.open(owner, "inbox", frames=1)
        await groups.notify_inboxes((room.pk, owner.pk) for room in rooms)
        received = {(await inbox.next("room"))["room"]["id"] for _ in rooms}
        assert received == {str(room.pk) for room in rooms}

    async def test_needs_a_token_and_takes_only_pings(self, owner):
        assert await refused(Client("/ws/inbox/", None)) == 4401
        inbox = await Client.open(owner, "inbox", frames=1)
        await inbox.send_json_to({"type": "sync", "after": 0})
        assert (await inbox.next("error"))["code"] == "unknown_type"
        await inbox.send_json_to({"type": "ping"})
        assert await inbox.next("pong")


def test_the_constants_keep_the_promise_of_sixty_seconds():
    assert constants.LEASE.total_seconds() + constants.HEARTBEAT <= 60
    assert constants.LEASE.total_seconds() > 2 * constants.HEARTBEAT
