"""What Daphne leaves open: how much of the server's memory the client of one socket may take.

Daphne queues whatever a client sends, and hands whatever is sent to it to a buffer that grows as
long as it does not read. Here both are bounded, and who sends waits until the buffer is empty.
"""

import asyncio
from typing import Any

from daphne.ws_protocol import WebSocketFactory, WebSocketProtocol

from chat.constants import CLOSE_TOO_BIG, CLOSE_TOO_FAST, FRAME_MAX_BYTES

UNSENT_MAX_BYTES = 1024 * 1024
WAITING_FRAMES = 200  # of a client's, until the application takes them
READ_WITHIN = 30.0  # seconds, until a client that reads nothing is closed


class BoundedProtocol(WebSocketProtocol):  # type: ignore[misc]  # Daphne has no types
    """One socket. The limits are options of Autobahn, which looks for them here first."""

    maxFramePayloadSize = FRAME_MAX_BYTES  # noqa: N815 - Autobahn's name
    # In both directions: of frames in fragments, and of ours, which may be longer than a client's.
    maxMessagePayloadSize = 8 * FRAME_MAX_BYTES  # noqa: N815 - Autobahn's name
    failByDrop = False  # noqa: N815 - Autobahn's name: a frame too long is closed with 1009
    closeHandshakeTimeout = 5  # noqa: N815 - Autobahn's name; then the connection is dropped

    def onOpen(self) -> None:  # noqa: N802 - Autobahn's name
        """Let the transport say when its buffer fills and when it is empty again."""
        self.unsent_bytes = 0
        self.drained = asyncio.Event()
        self.drained.set()
        self.transport.unregisterProducer()  # that of HTTP, which the handshake has ended
        self.transport.registerProducer(self, True)
        super().onOpen()

    def pauseProducing(self) -> None:  # noqa: N802 - Twisted's name
        """The client reads more slowly than it is sent to."""
        self.drained.clear()

    def resumeProducing(self) -> None:  # noqa: N802 - Twisted's name
        """The client has read everything."""
        self.unsent_bytes = 0
        self.drained.set()

    def stopProducing(self) -> None:  # noqa: N802 - Twisted's name
        """The client has gone."""
        self.drained.set()

    def onMessage(self, payload: bytes, isBinary: bool) -> None:  # noqa: N802, N803 - Autobahn's
        """Take a frame, unless too many wait already."""
        if self.application_queue.qsize() >= WAITING_FRAMES:
            self.serverClose(CLOSE_TOO_FAST)
        elif self.state == self.STATE_OPEN:
            super().onMessage(payload, isBinary)

    def serverSend(self, content: Any, binary: bool = False) -> None:  # noqa: N802 - Daphne's name
        """Send a frame; a client that is too far behind is closed instead."""
        super().serverSend(content, binary)
        if not self.drained.is_set():
            self.unsent_bytes += len(content if binary else content.encode())
            if self.unsent_bytes > UNSENT_MAX_BYTES:
                self.serverClose(CLOSE_TOO_FAST)

    def serverClose(self, code: int | None = None) -> None:  # noqa: N802 - Daphne's name
        """Close, also with 1009, which Autobahn keeps for itself."""
        if self.state != self.STATE_OPEN:
            return
        if code == CLOSE_TOO_BIG:
            self.sendCloseFrame(code=code, isReply=False)
        else:
            super().serverClose(code)

    def onClose(self, *args: Any) -> None:  # noqa: N802 - Autobahn's name
        """Do not wait for a client that has gone."""
        if hasattr(self, "drained"):
            self.drained.set()
        super().onClose(*args)

    async def until_drained(self) -> None:
        """Wait until the client has read what it was sent; close one that does not."""
        if self.drained.is_set():  # `wait_for` makes a task: a fifth fewer messages in bench.chat
            return
        try:
            await asyncio.wait_for(self.drained.wait(), READ_WITHIN)
        except TimeoutError:
            self.serverClose(CLOSE_TOO_FAST)


class Backpressure:
    """Lets who sends to a socket wait for its client, where Daphne serves."""

    def __init__(self, application: Any) -> None:
        self.application = application
        WebSocketFactory.protocol = BoundedProtocol

    async def __call__(self, scope: Any, receive: Any, send: Any) -> Any:
        """Serve one socket."""
        protocol = next(iter(getattr(send, "args", ())), None)  # Daphne's `send` is bound to it
        if not isinstance(protocol, BoundedProtocol):
            return await self.application(scope, receive, send)

        async def send_and_wait(message: Any) -> None:
            await send(message)
            if message["type"] == "websocket.send":
                await protocol.until_drained()

        return await self.application(scope, receive, send_and_wait)
