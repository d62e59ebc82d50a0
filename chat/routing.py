"""Routes of the sockets."""

from typing import Any

from django.urls import path

from chat.consumers import ChatSocket, InboxSocket

# Django's types know views, not ASGI applications.
chat_socket: Any = ChatSocket.as_asgi()
inbox_socket: Any = InboxSocket.as_asgi()

websocket_urlpatterns: list[Any] = [
    path("ws/chat/<uuid:room_id>/", chat_socket),
    path("ws/inbox/", inbox_socket),
]
