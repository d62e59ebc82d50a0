"""The chat socket and the inbox socket (PROTOCOL.md)."""

import asyncio
import json
import logging
import time
import uuid
from contextlib import suppress
from typing import Any, ClassVar

from autobahn.exception import Disconnected
from channels.db import database_sync_to_async
from channels.exceptions import StopConsumer
from channels.generic.websocket import AsyncWebsocketConsumer
from django.conf import settings
from django.db import Error as DatabaseError
from redis.exceptions import RedisError

from chat import constants, metrics, presence, queries, relay, services
from chat.handshake import Caller, caller_of, offered
from chat.hub import hub
from chat.protocol import Frame, FrameError, parse
from chat.services import NewMessage, ReadOnlyError
from chat.writer import UnavailableError, writer

logger = logging.getLogger(__name__)


class TokenBucket:
    """At most `rate` a second, in bursts of at most `burst`."""

    def __init__(self, rate: float, burst: float) -> None:
        self.rate, self.burst = rate, burst
        self.level, self.filled_at = burst, time.monotonic()

    def take(self) -> bool:
        """Whether one more is within the limit."""
        now = time.monotonic()
        self.level = min(self.burst, self.level + (now - self.filled_at) * self.rate)
        self.filled_at = now
        if self.level < 1:
            return False
        self.level -= 1
        return True


class Socket(AsyncWebsocketConsumer):
    """What both sockets share: handshake, limits, lease, and closing when the token ends."""

    frames: ClassVar[frozenset[str]] = frozenset({"ping"})
    room_id: uuid.UUID | None = None
    user_id: int
    caller: Caller
    group: str

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.id = uuid.uuid4()
        self.bucket = TokenBucket(settings.CHAT_FRAMES_PER_SECOND, settings.CHAT_FRAMES_BURST)
        self.timers: list[asyncio.TimerHandle] = []
        self.joined = False

    async def connect(self) -> None:
        """Accept, so that the close code reaches the client, then refuse or go on."""
        subprotocol, token = offered(self.scope["subprotocols"])
        await self.accept(subprotocol)
        caller = await caller_of(token) if subprotocol else None
        if caller is None:
            await self.close(constants.CLOSE_UNAUTHENTICATED)
            return
        self.caller, self.user_id = caller, caller.user_id
        code = await self.enter()
        if code:
            await self.close(code)
            return
        self.joined = True
        hub().add(self)
        self.close_later(caller.expires_at - time.time())
        await self.greet()

    async def enter(self) -> int | None:
        """Join what this socket is for. Returns a close code to refuse with."""
        raise NotImplementedError

    async def greet(self) -> None:
        """Send the first frames."""
        raise NotImplementedError

    async def join(self, group: str) -> None:
        """Join a group; without the channel layer, the heartbeat tries again."""
        self.group = group
        try:
            await self.channel_layer.group_add(group, self.channel_name)
        except (RedisError, OSError) as error:
            logger.warning("A socket could not join its group: %s", type(error).__name__)

    def close_later(self, seconds: float) -> None:
        """Close when the token ends; the client comes back with a fresh one."""

        def end() -> None:
            self.tasks = asyncio.ensure_future(self.close(constants.CLOSE_UNAUTHENTICATED))

        self.timers.append(asyncio.get_running_loop().call_later(max(seconds, 0), end))

    async def disconnect(self, code: int) -> None:
        """Leave everything that was joined."""
        for timer in self.timers:
            timer.cancel()
        if not self.joined:
            return
        self.joined = False
        hub().remove(self)
        try:
            await self.channel_layer.group_discard(self.group, self.channel_name)
        except (RedisError, OSError):
            logger.info("A socket left while the channel layer was away")
        try:
            await database_sync_to_async(presence.give_up)(self.id)
        except DatabaseError:
            logger.info("A lease was left to expire")

    async def websocket_disconnect(self, message: Any) -> None:
        """Always end the consumer, whatever leaving runs into."""
        try:
            await self.disconnect(message.get("code", 1000))
        finally:
            raise StopConsumer

    async def receive(self, text_data: str | None = None, bytes_data: bytes | None = None) -> None:
        """One frame of the client's."""
        if not self.joined:
            return
        size = len(bytes_data or b"") or len((text_data or "").encode(errors="surrogatepass"))
        if size > constants.FRAME_MAX_BYTES:
            await self.close(constants.CLOSE_TOO_BIG)
            return
        if not self.bucket.take():
            await self.close(constants.CLOSE_TOO_FAST)
            return
        try:
            await self.on_frame(parse(text_data, self.frames))
        except FrameError as error:
            await self.tell(**error.as_frame())
        except DatabaseError as error:
            logger.error("A frame could not be answered: %s", error)
            await self.tell(type="error", code="unavailable", detail="잠시 후 다시 시도해 주세요.")

    async def on_frame(self, frame: Frame) -> None:
        """Answer a frame that was understood."""
        if frame.type == "ping":
            await self.tell(type="pong")

    async def on_heartbeat(
        self,
        token_version: int | None,
        heads: dict[uuid.UUID, int],
        present: set[tuple[uuid.UUID, int]],
    ) -> None:
        """Renew the group membership; a suspended user and revoked tokens are out."""
        if token_version != self.caller.token_version:
            await self.close(constants.CLOSE_UNAUTHENTICATED)
            return
        await self.join(self.group)

    async def tell(self, **frame: Any) -> None:
        """Send a frame to the client; one that has just gone is not told."""
        with suppress(Disconnected):  # what Daphne raises where ASGI asks for an OSError
            await self.send(json.dumps(frame, ensure_ascii=False))


class ChatSocket(Socket):
    """One person in one room."""

    frames = frozenset({"message.send", "sync", "read", "typing", "ping"})

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Everything up to here has been sent to the client, or is older than the connection.
        self.sent_seq = 0
        self.live = False
        self.in_order = asyncio.Lock()
        self.typed_at = 0.0
        self.spoke_at = time.monotonic()
        self.names: dict[int, str] = {}
        self.partner_online: bool | None = None
        self.entered: queries.State

    async def enter(self) -> int | None:
        """Join the group first, then look where the room stands, so that nothing falls between."""
        self.room_id = self.scope["url_route"]["kwargs"]["room_id"]
        await self.join(relay.room_group(self.room_id))
        entered = await queries.enter(self.id, self.room_id, self.user_id)
        if entered is None:
            return constants.CLOSE_NOT_FOUND
        if entered.sockets > settings.CHAT_SOCKETS_PER_USER:
            await database_sync_to_async(presence.give_up)(self.id)
            return constants.CLOSE_TOO_FAST
        self.entered = entered
        self.sent_seq, self.names = entered.last_seq, entered.names
        self.partner_online = entered.partner_online
        return None

    async def greet(self) -> None:
        """Tell where the room stands, and the partner that somebody came."""
        state = self.entered
        await self.tell(type="status", status=state.status, writable=state.writable)
        if state.partner_id is not None:
            partner = self.names[state.partner_id]
            await self.tell(type="presence", username=partner, online=state.partner_online)
        await relay.publish(self.group, "relay.presence", user_id=self.user_id, online=True)
        await self.publish_status()
        loop = asyncio.get_running_loop()
        self.timers.append(
            loop.call_later(constants.LIVE_AFTER, lambda: loop.create_task(self.go_live()))
        )

    async def disconnect(self, code: int) -> None:
        """Leave; the partner sees it at once."""
        was_in = self.joined
        await super().disconnect(code)
        if was_in and self.room_id:
            try:
                online = await queries.is_present(self.room_id, self.user_id)
            except DatabaseError:
                return
            await relay.publish(self.group, "relay.presence", user_id=self.user_id, online=online)
            await self.publish_status()

    async def publish_status(self) -> None:
        """Tell both inboxes that the room's status may have changed."""
        for user_id in self.names:
            await relay.publish(relay.inbox_group(user_id), "inbox.room", room_id=str(self.room_id))

    async def on_frame(self, frame: Frame) -> None:
        """Answer a frame that was understood."""
        if frame.type == "sync":
            await self.sync(frame.seq)
            return
        await self.go_live()
        if frame.type == "message.send":
            await self.say(frame)
        elif frame.type == "read":
            await self.read(frame.seq)
        elif frame.type == "typing":
            await self.typing()
        else:
            await super().on_frame(frame)

    async def say(self, frame: Frame) -> None:
        """Store a message and acknowledge it once it is committed."""
        assert self.room_id
        client_id = str(frame.client_id)
        message = NewMessage(self.room_id, self.user_id, frame.client_id, frame.body)
        try:
            stored = await writer().write(message)
        except ReadOnlyError:
            raise FrameError("read_only", "이 커피챗에는 쓸 수 없습니다.", client_id) from None
        except UnavailableError:
            raise FrameError("unavailable", "다시 보내 주세요.", client_id) from None
        created_at = stored.created_at.isoformat()
        await self.tell(
            type="message.ack", client_id=client_id, seq=stored.seq, created_at=created_at
        )

    async def sync(self, after: int) -> None:
        """Send everything after `after` in order, then go live."""
        assert self.room_id
        async with self.in_order:
            self.live = True
            self.sent_seq = after
            await self.catch_up()
            await self.tell(type="sync.done", last_seq=self.sent_seq)

    async def go_live(self) -> None:
        """From now on send what is new, beginning with what came since the connection."""
        if self.live:
            return
        async with self.in_order:
            self.live = True
            await self.catch_up()

    async def catch_up(self) -> None:
        """Send what the database has after `sent_seq`, page by page."""
        assert self.room_id
        while page := await queries.messages_after(self.room_id, self.sent_seq):
            for row in page:
                await self.send_message(row)
            if len(page) < constants.HISTORY_PAGE:
                break

    async def send_message(self, row: dict[str, Any]) -> None:
        """Send one message, the one after the last."""
        metrics.messages_sent.inc()
        self.sent_seq = row["seq"]
        self.spoke_at = time.monotonic()
        sender_id = row["sender_id"]
        await self.tell(
            type="message.new",
            seq=row["seq"],
            sender=self.names.get(sender_id),
            body=row["body"],
            created_at=row["created_at"],
            client_id=row["client_id"],
        )

    async def read(self, seq: int) -> None:
        """Move the read mark and tell both."""
        assert self.room_id
        moved = await database_sync_to_async(services.mark_read)(self.room_id, self.user_id, seq)
        if moved is not None:
            await relay.publish(self.group, "relay.read", user_id=self.user_id, seq=moved)
            inbox = relay.inbox_group(self.user_id)
            await relay.publish(inbox, "inbox.room", room_id=str(self.room_id))

    async def typing(self) -> None:
        """Tell the partner, not too often."""
        now = time.monotonic()
        if now - self.typed_at >= constants.TYPING_EVERY:
            self.typed_at = now
            await relay.publish(self.group, "relay.typing", user_id=self.user_id)

    async def on_heartbeat(
        self,
        token_version: int | None,
        heads: dict[uuid.UUID, int],
        present: set[tuple[uuid.UUID, int]],
    ) -> None:
        """Heal what lost hints left: missed messages, and presence of processes that died."""
        await super().on_heartbeat(token_version, heads, present)
        assert self.room_id
        head = heads.get(self.room_id)
        if head is None:
            await self.close(constants.CLOSE_NOT_FOUND)
            return
        async with self.in_order:
            if self.live and head > self.sent_seq:
                await self.catch_up()
        for user_id in self.names.keys() - {self.user_id}:
            await self.tell_presence(user_id, online=(self.room_id, user_id) in present)
        if time.monotonic() - self.spoke_at >= constants.HEAD_EVERY:
            self.spoke_at = time.monotonic()
            await self.tell(type="head", last_seq=head)

    async def tell_presence(self, user_id: int, *, online: bool) -> None:
        """Tell that the partner came or went, once."""
        if online != self.partner_online:
            self.partner_online = online
            await self.tell(type="presence", username=self.names[user_id], online=online)

    # hints from other sockets

    async def relay_messages(self, event: dict[str, Any]) -> None:
        """New messages; a hole before them, or between them, is filled from the database."""
        async with self.in_order:
            if not self.live:
                return
            for row in event["messages"]:
                if row["seq"] == self.sent_seq + 1:
                    await self.send_message(row)
                elif row["seq"] > self.sent_seq:
                    await self.catch_up()

    async def relay_read(self, event: dict[str, Any]) -> None:
        """Somebody has read up to here."""
        name = self.names.get(event["user_id"])
        await self.tell(type="read", username=name, seq=event["seq"])

    async def relay_typing(self, event: dict[str, Any]) -> None:
        """The partner is typing."""
        if event["user_id"] != self.user_id:
            await self.tell(type="typing", username=self.names.get(event["user_id"]))

    async def relay_presence(self, event: dict[str, Any]) -> None:
        """The partner came or went."""
        if event["user_id"] != self.user_id and event["user_id"] in self.names:
            await self.tell_presence(event["user_id"], online=event["online"])

    async def relay_status(self, event: dict[str, Any]) -> None:
        """Somebody left or came back, or the room is gone."""
        assert self.room_id
        state = await queries.state(self.room_id, self.user_id)
        if state is None:
            await self.close(constants.CLOSE_NOT_FOUND)
            return
        self.names = state.names
        await self.tell(type="status", status=state.status, writable=state.writable)


class InboxSocket(Socket):
    """What a person should know who has no room open."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.changed: set[uuid.UUID] = set()

    async def enter(self) -> int | None:
        """Join the person's own group."""
        await self.join(relay.inbox_group(self.user_id))
        sockets = await queries.enter_inbox(self.id, self.user_id)
        if sockets > settings.CHAT_SOCKETS_PER_USER:
            await database_sync_to_async(presence.give_up)(self.id)
            return constants.CLOSE_TOO_FAST
        return None

    async def greet(self) -> None:
        """Tell the number of unread messages."""
        await self.tell(type="unread", total=await queries.unread_total(self.user_id))

    async def inbox_room(self, event: dict[str, Any]) -> None:
        """A room is new, has a new message, was read, or changed its status.

        What happens within a moment is told together, so that a busy room costs no more.
        """
        if not self.changed:
            loop = asyncio.get_running_loop()
            later = loop.call_later(constants.INBOX_EVERY, lambda: loop.create_task(self.flush()))
            self.timers.append(later)
        self.changed.add(uuid.UUID(event["room_id"]))

    async def flush(self) -> None:
        """Tell how the rooms that changed stand now."""
        changed, self.changed = self.changed, set()
        self.timers.clear()
        try:
            rooms = await queries.rooms_for(changed, self.user_id)
            total = await queries.unread_total(self.user_id)
        except DatabaseError as error:
            logger.warning("An inbox was not told: %s", error)
            return
        for room in rooms:
            await self.tell(type="room", room=room)
        for gone in changed - {uuid.UUID(room["id"]) for room in rooms}:
            await self.tell(type="room.removed", room_id=str(gone))
        await self.tell(type="unread", total=total)
