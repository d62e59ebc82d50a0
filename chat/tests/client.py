"""A client of the sockets, through the whole ASGI application."""

import json
import uuid
from typing import Any

from channels.db import database_sync_to_async
from channels.testing import WebsocketCommunicator

from chat.constants import SUBPROTOCOL
from chat.tests.documented import check
from sidepro.asgi import application
from user.models import User
from user.tests.factories import access_token_for


class Client(WebsocketCommunicator):
    """One socket; `await Client.open(user, room)` is connected and past the first frames."""

    greeting: list[dict[str, Any]]

    def __init__(
        self, path: str, token: str | None, origin: bytes | None = b"http://localhost:8000"
    ) -> None:
        protocols = [SUBPROTOCOL] + ([f"bearer.{token}"] if token else [])
        headers = [(b"origin", origin)] if origin else []
        super().__init__(application, path, headers=headers, subprotocols=protocols)

    @classmethod
    async def open(cls, user: User, room: Any, *, frames: int = 2) -> "Client":
        """Connect to a room (or "inbox") and take the first frames."""
        token = await database_sync_to_async(access_token_for)(user)
        path = "/ws/inbox/" if room == "inbox" else f"/ws/chat/{room.pk}/"
        client = cls(path, str(token))
        connected, protocol = await client.connect()
        assert (connected, protocol) == (True, SUBPROTOCOL)
        client.greeting = [await client.frame() for _ in range(frames)]
        return client

    async def frame(self) -> Any:
        """The next frame, held against its documentation."""
        frame = json.loads(await self.receive_from(3))
        check("sendToInbox" if self.scope["path"] == "/ws/inbox/" else "sendToChat", frame)
        return frame

    async def next(self, *types: str) -> Any:
        """The next frame of these types; others in between are passed over."""
        while True:
            frame = await self.frame()
            if frame["type"] in types:
                return frame

    async def send_message(self, body: str, client_id: str | None = None) -> str:
        """Send a message and return its `client_id`."""
        client_id = client_id or str(uuid.uuid4())
        frame = {"type": "message.send", "client_id": client_id, "body": body}
        await self.send_to(text_data=json.dumps(frame, ensure_ascii=False))
        return client_id

    async def close_code(self) -> Any:
        """Wait for the server to close, passing over frames, and return the code."""
        while True:
            output = await self.receive_output(3)
            if output["type"] == "websocket.close":
                return output["code"]

    async def nothing(self, *types: str) -> bool:
        """Whether no frame of these types comes for a moment."""
        while True:
            if await self.receive_nothing(0.2):
                return True
            if (await self.frame())["type"] in types:
                return False
