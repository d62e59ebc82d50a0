"""The floor of the chat: a socket that only relays through the same layer, and stores nothing.

Served by `daphne bench.relay:application` with the product's settings.
"""

import os
from typing import Any

import django
from channels.generic.websocket import AsyncWebsocketConsumer
from channels.routing import ProtocolTypeRouter, URLRouter
from django.urls import path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sidepro.settings")
django.setup()


class RelayOnly(AsyncWebsocketConsumer):
    """Gives each frame to all sockets of the room."""

    async def connect(self) -> None:
        """Join the room's group."""
        self.group = f"relay.{self.scope['url_route']['kwargs']['room']}"
        await self.channel_layer.group_add(self.group, self.channel_name)
        await self.accept(next(iter(self.scope["subprotocols"])))

    async def disconnect(self, code: int) -> None:
        """Leave it."""
        await self.channel_layer.group_discard(self.group, self.channel_name)

    async def receive(self, text_data: str | None = None, bytes_data: bytes | None = None) -> None:
        """Pass a frame on."""
        await self.channel_layer.group_send(self.group, {"type": "relay.frame", "text": text_data})

    async def relay_frame(self, event: dict[str, Any]) -> None:
        """A frame from a member of the room."""
        await self.send(event["text"])


socket: Any = RelayOnly.as_asgi()
application = ProtocolTypeRouter({"websocket": URLRouter([path("ws/chat/<room>/", socket)])})
