"""What the chat socket and the inbox socket share: handshake, limits, lease, heartbeat."""

import asyncio
import json
import logging
import time
import uuid
from contextlib import suppress
from typing import Any, ClassVar

from autobahn.exception import Disconnected
from channels.consumer import get_handler_name
from channels.db import database_sync_to_async
from channels.exceptions import StopConsumer
from channels.generic.websocket import AsyncWebsocketConsumer
from django.conf import settings
from django.db import Error as DatabaseError
from django.utils.translation import gettext as _
from django.utils.translation import override
from redis.exceptions import RedisError

from chat import constants
from chat.realtime import presence
from chat.realtime.handshake import authenticate, language_of, offered
from chat.realtime.heartbeat import HeartbeatState, heartbeat
from chat.realtime.protocol import (
    ClientFrameType,
    Frame,
    FrameError,
    ServerFrameType,
    parse,
)
from user.models import User

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


class BaseConsumer(AsyncWebsocketConsumer):
    """Handshake, limits, lease, and closing when the token ends."""

    frames: ClassVar[frozenset[ClientFrameType]] = frozenset({"ping"})
    room_id: uuid.UUID | None = None
    user: User
    user_id: int
    session_id: uuid.UUID
    language: str
    group: str

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.id = uuid.uuid4()
        self.bucket = TokenBucket(settings.CHAT_FRAMES_PER_SECOND, settings.CHAT_FRAMES_BURST)
        self.timers: list[asyncio.TimerHandle] = []
        self.joined = False

    async def __call__(self, *args: Any) -> None:
        """Serve the socket; whatever way that ends, the heartbeat is left."""
        try:
            await super().__call__(*args)
        finally:
            heartbeat().remove(self)
            for timer in self.timers:
                timer.cancel()

    async def connect(self) -> None:
        """Accept, so that the close code reaches the client, then refuse or go on."""
        subprotocol, token = offered(self.scope["subprotocols"])
        await self.accept(subprotocol)
        current_user = await authenticate(token) if subprotocol else None
        if current_user is None:
            await self.close(constants.CLOSE_UNAUTHENTICATED)
            return
        self.user, self.user_id = current_user.user, current_user.user.pk
        self.session_id = current_user.session_id
        self.language = language_of(self.scope["headers"], self.user.language)
        try:
            code = await self.enter()
        except presence.TooManySocketsError:
            code = constants.CLOSE_TOO_FAST
        if code:
            await self.close(code)
            return
        self.joined = True
        heartbeat().add(self)
        self.close_later(current_user.expires_at - time.time())
        await self.send_initial_state()

    async def enter(self) -> int | None:
        """Join what this socket is for, and take its lease.

        Returns a close code to refuse with. Raises TooManySocketsError.
        """
        raise NotImplementedError

    async def send_initial_state(self) -> None:
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

    async def dispatch(self, message: Any) -> None:
        """Call the handler of a frame, or of a hint when this socket was let in.

        Channels' own first visits the database's thread to close old connections, and so waits
        for whatever is being stored; `database_sync_to_async` does that where a query is made.
        """
        if self.joined or message["type"].startswith("websocket."):
            await getattr(self, get_handler_name(message))(message)

    async def disconnect(self, code: int) -> None:
        """Leave everything that was joined."""
        for timer in self.timers:
            timer.cancel()
        if not self.joined:
            return
        self.joined = False
        heartbeat().remove(self)
        try:
            await self.channel_layer.group_discard(self.group, self.channel_name)
        except (RedisError, OSError):
            logger.info("A socket left while the channel layer was away")
        try:
            await database_sync_to_async(presence.release)(self.id)
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
        with override(self.language):
            await self._answer(text_data)

    async def _answer(self, text_data: str | None) -> None:
        """Answer a frame, or say what is wrong with it."""
        try:
            await self.on_frame(parse(text_data, self.frames))
        except FrameError as error:
            await self.send_frame("error", **error.fields())
        except DatabaseError as error:
            logger.error("A frame could not be answered: %s", error)
            detail = _("잠시 후 다시 시도해 주세요.")
            await self.send_frame("error", code="unavailable", detail=detail)

    async def on_frame(self, frame: Frame) -> None:
        """Answer a frame that was understood."""
        if frame.type == "ping":
            await self.send_frame("pong")

    async def on_heartbeat(self, state: HeartbeatState) -> None:
        """Renew the group membership; close when the log-in session has ended."""
        if self.session_id not in state.sessions:
            await self.close(constants.CLOSE_UNAUTHENTICATED)
            return
        await self.join(self.group)

    async def send_frame(self, frame_type: ServerFrameType, **fields: Any) -> None:
        """Send a frame to the client; it is lost on one that has just gone."""
        with suppress(Disconnected):  # what Daphne raises where ASGI asks for an OSError
            await self.send(json.dumps({"type": frame_type, **fields}, ensure_ascii=False))
