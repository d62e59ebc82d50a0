"""Daphne serves `application`: WebSockets in production, HTTP as well in embedded mode."""

import os

from channels.routing import ProtocolTypeRouter
from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sidepro.settings")
http = get_asgi_application()  # sets Django up, which what follows needs

from chat.realtime.handshake import AllowedOrigin  # noqa: E402
from sidepro.middleware import SocketLogMiddleware  # noqa: E402
from sidepro.sockets import SocketRouter  # noqa: E402

sockets = SocketLogMiddleware(AllowedOrigin(SocketRouter()))
application = ProtocolTypeRouter({"http": http, "websocket": sockets})
