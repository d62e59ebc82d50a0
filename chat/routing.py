"""Routes of the sockets."""

from typing import Any

from django.urls import path

from chat.consumers import ChatConsumer, InboxConsumer

# Django's types know views, not ASGI applications.
chat_socket: Any = ChatConsumer.as_asgi()
inbox_socket: Any = InboxConsumer.as_asgi()

websocket_urlpatterns: list[Any] = [
    path("ws/chat/<uuid:room_id>/", chat_socket),
    path("ws/inbox/", inbox_socket),
]
