"""The chat socket and the inbox socket (PROTOCOL.md)."""

import asyncio
import logging
import time
import uuid
from typing import Any

from channels.db import database_sync_to_async
from django.conf import settings
from django.db import Error as DatabaseError

from chat import constants, metrics, presence, queries, relay, services
from chat.hub import Pulse
from chat.protocol import Frame, FrameError
from chat.services import NewMessage, ReadOnlyError
from chat.sockets import Socket
from chat.stream import MessageStream
from chat.writer import UnavailableError, writer

logger = logging.getLogger(__name__)


class ChatSocket(Socket):
    """One person in one room."""

    frames = frozenset({"message.send", "sync", "read", "typing", "ping"})
    stream: MessageStream

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
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
        self.stream = MessageStream(self.room_id, entered.last_seq, self.send_message)
        self.names = entered.names
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
            loop.call_later(constants.LIVE_AFTER, lambda: loop.create_task(self.stream.go_live()))
        )

    async def disconnect(self, code: int) -> None:
        """Leave; the partner sees it at once."""
        was_in = self.joined
        await super().disconnect(code)
        if was_in and self.room_id:
            self.stream.close()
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
            await self.stream.sync(frame.seq, self.synced)
            return
        await self.stream.go_live()
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

    async def synced(self, last_seq: int) -> None:
        """Tell that nothing older follows."""
        await self.tell(type="sync.done", last_seq=last_seq)

    async def send_message(self, row: dict[str, Any]) -> None:
        """Send one message."""
        metrics.messages_sent.inc()
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

    async def on_heartbeat(self, pulse: Pulse) -> None:
        """Heal what lost hints left: missed messages, and presence of processes that died."""
        await super().on_heartbeat(pulse)
        assert self.room_id
        head = pulse.heads.get(self.room_id)
        if head is None:
            await self.close(constants.CLOSE_NOT_FOUND)
            return
        await self.stream.reach(head)
        for user_id in self.names.keys() - {self.user_id}:
            await self.tell_presence(user_id, online=(self.room_id, user_id) in pulse.present)
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
        """New messages."""
        await self.stream.hear(event["messages"])

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
