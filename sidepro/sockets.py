"""The routes of all sockets, and what happens to sockets at other addresses."""

from typing import Any

from channels.routing import URLRouter

from chat.routing import websocket_urlpatterns

CLOSE_NOT_FOUND = 4404


class SocketRouter:
    """Serves the sockets; one at an address that nothing answers is closed with 4404."""

    def __init__(self) -> None:
        self.routes = websocket_urlpatterns
        self.router = URLRouter(self.routes)

    async def __call__(self, scope: Any, receive: Any, send: Any) -> Any:
        """Serve one socket."""
        path = scope["path"].removeprefix("/")
        if any(route.pattern.match(path) for route in self.routes):
            return await self.router(scope, receive, send)
        await receive()
        await send({"type": "websocket.accept"})
        await send({"type": "websocket.close", "code": CLOSE_NOT_FOUND})
        return None
