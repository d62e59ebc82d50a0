"""The chat socket and the inbox socket (PROTOCOL.md)."""

import asyncio
import logging
import time
import uuid
from typing import Any

from channels.db import database_sync_to_async
from django.db import Error as DatabaseError
from django.utils.translation import gettext as _

from chat import constants, metrics, services
from chat.models import Message
from chat.realtime import groups, presence, queries
from chat.realtime.base_consumer import BaseConsumer
from chat.realtime.group_commit import UnavailableError, group_commit
from chat.realtime.heartbeat import HeartbeatState
from chat.realtime.notifications import NotificationFeed
from chat.realtime.protocol import Frame, FrameError
from chat.realtime.queries import RoomState
from chat.realtime.store import ReadOnlyError
from chat.realtime.stream import MessageStream

logger = logging.getLogger(__name__)


class ChatConsumer(BaseConsumer):
    """One person in one room."""

    frames = frozenset({"message.send", "sync", "read", "typing", "ping"})
    stream: MessageStream

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.typed_at = 0.0
        self.sent_at = time.monotonic()
        self.partner_online: bool | None = None
        self.state: RoomState

    async def enter(self) -> int | None:
        """Join the group first, then look where the room stands, so that nothing falls between."""
        self.room_id = self.scope["url_route"]["kwargs"]["room_id"]
        await self.join(groups.room_group(self.room_id))
        state = await queries.enter(self.id, self.room_id, self.user_id)
        if state is None:
            return constants.CLOSE_NOT_FOUND
        self.state = state
        self.stream = MessageStream(self.room_id, state.last_seq, self.send_message)
        return None

    async def send_initial_state(self) -> None:
        """Send where the room stands, and notify the partner that a user came."""
        await self.send_status()
        if self.state.partner_id is not None:
            await self.send_presence(online=self.state.partner_online)
        await self.publish("room.presence", online=True)
        await self.notify_both_inboxes()
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
            await self.publish("room.presence", online=online)
            await self.notify_both_inboxes()

    async def publish(self, handler: str, **content: Any) -> None:
        """Let the partner know something of this person, unless the room is read-only."""
        if self.state.writable:
            await groups.publish(self.group, handler, user_id=self.user_id, **content)

    async def notify_both_inboxes(self) -> None:
        """The room's status may have changed, because a socket came or went."""
        assert self.room_id
        if self.state.writable:
            await groups.notify_inboxes((self.room_id, user_id) for user_id in self.state.names)

    def person(self, user_id: int) -> dict[str, Any]:
        """One of the two, as frames name them: by the id, and with the nickname."""
        return {"user_id": user_id, "username": self.state.names.get(user_id)}

    async def send_status(self) -> None:
        """Send how the room stands."""
        await self.send_frame("status", status=self.state.status, writable=self.state.writable)

    async def show(self, state: RoomState) -> None:
        """Send what is different from the state that was sent before."""
        before, self.state = self.state, state
        if (state.status, state.writable) != (before.status, before.writable):
            await self.send_status()
            if state.writable and not before.writable:  # let the partner know who is here already
                await self.publish("room.presence", online=True)
        await self.stream.reach(state.last_seq)
        if state.partner_id is not None:
            await self.send_presence(online=state.partner_online)

    async def on_frame(self, frame: Frame) -> None:
        """Answer a frame that was understood."""
        if frame.type == "sync":
            await self.stream.sync(frame.seq, self.send_sync_done)
            return
        await self.stream.go_live()
        if frame.type == "message.send":
            await self.store_message(frame)
        elif frame.type == "read":
            await self.mark_read(frame.seq)
        elif frame.type == "typing":
            await self.publish_typing()
        else:
            await super().on_frame(frame)

    async def store_message(self, frame: Frame) -> None:
        """Store a message and acknowledge it once it is committed."""
        assert self.room_id
        client_id = str(frame.client_id)
        message = Message(
            room_id=self.room_id,
            sender=self.user,
            client_id=frame.client_id,
            body=frame.body,
        )
        try:
            stored = await group_commit().store(message)
        except ReadOnlyError:
            raise FrameError("read_only", _("이 커피챗에는 쓸 수 없어요."), client_id) from None
        except UnavailableError:
            raise FrameError("unavailable", _("다시 보내 주세요."), client_id) from None
        created_at = stored.created_at.isoformat()
        await self.send_frame(
            "message.ack", client_id=client_id, seq=stored.seq, created_at=created_at
        )

    async def send_sync_done(self, last_seq: int) -> None:
        """Nothing older follows."""
        await self.send_frame("sync.done", last_seq=last_seq)

    async def send_message(self, message: dict[str, Any]) -> None:
        """Send one message, as `MessageSerializer` shows it."""
        metrics.messages_sent.inc()
        self.sent_at = time.monotonic()
        await self.send_frame("message.new", **message)

    async def mark_read(self, seq: int) -> None:
        """Move the read mark."""
        assert self.room_id
        await database_sync_to_async(services.mark_read)(self.room_id, self.user_id, seq)

    async def publish_typing(self) -> None:
        """Notify the partner, not too often."""
        now = time.monotonic()
        if now - self.typed_at >= constants.TYPING_EVERY:
            self.typed_at = now
            await self.publish("room.typing")

    async def on_heartbeat(self, state: HeartbeatState) -> None:
        """Heal what lost hints left: missed messages, how the room stands, who is present."""
        await super().on_heartbeat(state)
        assert self.room_id
        room = state.rooms.get(self.room_id)
        if room is None or not queries.is_in(room, self.user_id):
            await self.close(constants.CLOSE_NOT_FOUND)
            return
        await self.show(queries.room_state(room, self.user_id, state.present))
        if time.monotonic() - self.sent_at >= constants.HEAD_EVERY:
            self.sent_at = time.monotonic()
            await self.send_frame("head", last_seq=room.last_seq)

    async def send_presence(self, *, online: bool) -> None:
        """The partner came or went; sent once."""
        if online != self.partner_online:
            self.partner_online = online
            assert self.state.partner_id is not None
            await self.send_frame("presence", **self.person(self.state.partner_id), online=online)

    # hints of the room's group

    async def room_messages(self, event: dict[str, Any]) -> None:
        """New messages."""
        await self.stream.receive_hint(event["messages"])

    async def room_read(self, event: dict[str, Any]) -> None:
        """One of the two has read up to here."""
        if self.state.writable or event["user_id"] == self.user_id:
            await self.send_frame("read", **self.person(event["user_id"]), seq=event["seq"])

    async def room_typing(self, event: dict[str, Any]) -> None:
        """The partner is typing."""
        if self.state.writable and event["user_id"] != self.user_id:
            await self.send_frame("typing", **self.person(event["user_id"]))

    async def room_presence(self, event: dict[str, Any]) -> None:
        """The partner came or went."""
        if self.state.writable and event["user_id"] == self.state.partner_id:
            await self.send_presence(online=event["online"])

    async def room_changed(self, event: dict[str, Any]) -> None:
        """The room was accepted, left, returned to, or is gone; for those it concerns."""
        if self.user_id not in event["user_ids"]:
            return
        assert self.room_id
        state = await queries.state(self.room_id, self.user_id)
        if state is None:
            await self.close(constants.CLOSE_NOT_FOUND)
            return
        await self.show(state)


class InboxConsumer(BaseConsumer):
    """What a person should know who has no room open."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.changed: set[uuid.UUID] = set()

    async def enter(self) -> int | None:
        """Join the person's own group."""
        self.notifications = NotificationFeed(self.user_id)
        await self.join(groups.inbox_group(self.user_id))
        await database_sync_to_async(presence.take)(self.id, self.user_id, None)
        return None

    async def send_initial_state(self) -> None:
        """Send what waits."""
        await self.send_unread()

    async def send_unread(self) -> None:
        """Send the numbers of what waits: messages, requests, notifications."""
        unread = await queries.unread(self.user_id)
        notifications = await self.notifications.unread()
        await self.send_frame(
            "unread", total=unread.total, requests=unread.requests, notifications=notifications
        )

    async def inbox_notifications(self, _event: dict[str, Any]) -> None:
        """There are notifications, were read, or were taken back."""
        try:
            for notification in await self.notifications.new():
                await self.send_frame("notification", notification=notification)
            await self.send_unread()
        except DatabaseError as error:
            logger.warning("An inbox was not sent its notifications: %s", error)

    async def inbox_room(self, event: dict[str, Any]) -> None:
        """A room is new, has a new message, was read, or changed its status.

        What happens within a moment is sent together, so that a busy room costs no more.
        """
        if not self.changed:
            loop = asyncio.get_running_loop()
            later = loop.call_later(constants.INBOX_EVERY, lambda: loop.create_task(self.flush()))
            self.timers.append(later)
        self.changed.add(uuid.UUID(event["room_id"]))

    async def flush(self) -> None:
        """Send how the rooms that changed stand now."""
        changed, self.changed = self.changed, set()
        self.timers.clear()
        try:
            rooms = await queries.rooms_for(changed, self.user_id)
        except DatabaseError as error:
            logger.warning("An inbox was not sent what changed: %s", error)
            return
        for room in rooms:
            await self.send_frame("room", room=room)
        for gone in changed - {uuid.UUID(room["id"]) for room in rooms}:
            await self.send_frame("room.removed", room_id=str(gone))
        await self.send_unread()
