"""Daphne serves `application`: WebSockets in production, HTTP as well in embedded mode."""

from channels.routing import ProtocolTypeRouter
from django.core.asgi import get_asgi_application
from django.urls import get_resolver

from sidepro.environment import load_settings

load_settings()
http = get_asgi_application()  # sets Django up, which what follows needs

from chat.realtime.handshake import AllowedOrigin  # noqa: E402
from sidepro.daphne import Backpressure  # noqa: E402
from sidepro.middleware import SocketLogMiddleware  # noqa: E402
from sidepro.sockets import SocketRouter  # noqa: E402

sockets = Backpressure(SocketLogMiddleware(AllowedOrigin(SocketRouter())))
application = ProtocolTypeRouter({"http": http, "websocket": sockets})
get_resolver().url_patterns  # noqa: B018 - imports every view now, not at the first request
