"""An example client of the coffee chat that reconnects and resumes (PROTOCOL.md).

Needs Python 3.11 and `pip install websockets`, nothing else of this repository:

    python example_client.py ws://localhost:8000 ROOM_ID ACCESS_TOKEN
"""

# /// script
# requires-python = ">=3.11"
# dependencies = ["websockets"]
# ///

import argparse
import asyncio
import json
import random
import sys
import uuid
from contextlib import suppress
from typing import Any

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, WebSocketException


class ChatClient:
    """One person in one room: `messages` in the order of `seq`, `outbox` until acknowledged."""

    def __init__(self, server: str, room_id: str, token: str) -> None:
        self.server, self.room_id = server, room_id
        self.subprotocols: list[Any] = ["sidepro.chat.v1", f"bearer.{token}"]
        self.messages: list[dict[str, Any]] = []
        self.outbox: dict[str, str] = {}
        self.socket: ClientConnection | None = None

    def address(self) -> str:
        """Where the room's socket is."""
        return f"{self.server}/ws/chat/{self.room_id}/"

    async def send(self, body: str) -> str:
        """Send a message now or, without a connection, after the next one; its `client_id`."""
        client_id = str(uuid.uuid4())
        self.outbox[client_id] = body
        if self.socket:
            await self._offer(self.socket, client_id)
        return client_id

    async def run(self) -> None:
        """Stay connected until the server says that the room is not ours or the token is over."""
        delay = 0.2
        while True:
            try:
                async with connect(self.address(), subprotocols=self.subprotocols) as socket:
                    await self._frame(socket, type="sync", after=len(self.messages))
                    for client_id in list(self.outbox):  # the same id again is no second message
                        await self._offer(socket, client_id)
                    self.socket, delay = socket, 0.2
                    async for text in socket:
                        await self.receive(socket, json.loads(text))
            except (OSError, WebSocketException) as error:
                closed = error.rcvd if isinstance(error, ConnectionClosed) else None
                if closed and closed.code in {4401, 4404}:
                    return
            self.socket = None
            await asyncio.sleep(delay * random.uniform(0.5, 1))  # noqa: S311
            delay = min(delay * 2, 10)

    async def receive(self, socket: ClientConnection, frame: dict[str, Any]) -> None:
        """What the server says. `seq` counts 1, 2, 3 …, so the next one is never unknown."""
        if frame["type"] == "message.new" and frame["seq"] == len(self.messages) + 1:
            self.messages.append(frame)
        elif frame["type"] == "message.ack":
            self.outbox.pop(frame["client_id"], None)
        elif frame["type"] == "error" and frame.get("client_id") in self.outbox:
            if frame["code"] == "unavailable":
                await asyncio.sleep(1)
                await self._offer(socket, frame["client_id"])
            else:
                del self.outbox[frame["client_id"]]

    async def _offer(self, socket: ClientConnection, client_id: str) -> None:
        body = self.outbox[client_id]
        await self._frame(socket, type="message.send", client_id=client_id, body=body)

    async def _frame(self, socket: ClientConnection, **frame: Any) -> None:
        # `run` notices a lost connection and sends again what was not acknowledged.
        with suppress(WebSocketException):
            await socket.send(json.dumps(frame, ensure_ascii=False))


async def main(server: str, room_id: str, token: str) -> None:
    """Print what comes, and send each line of standard input."""

    class Printer(ChatClient):
        async def receive(self, socket: ClientConnection, frame: dict[str, Any]) -> None:
            await super().receive(socket, frame)
            print(frame)

    client = Printer(server, room_id, token)
    connection = asyncio.create_task(client.run())
    while not connection.done() and (line := await asyncio.to_thread(sys.stdin.readline)):
        await client.send(line.strip())


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Talk in a coffee chat: one line, one message.")
    for name in ("SERVER", "ROOM_ID", "ACCESS_TOKEN"):
        parser.add_argument(name)
    asyncio.run(main(*vars(parser.parse_args()).values()))
