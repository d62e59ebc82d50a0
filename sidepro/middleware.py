"""What stands around every request and every socket: request id, access log, metrics, probes."""

import logging
import time
from collections.abc import Callable
from typing import Any

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from redis.exceptions import RedisError

from sidepro import errors
from sidepro.operation import health, logs, metrics
from user.api.errors import ServiceUnavailable

access = logging.getLogger("sidepro.access")
Next = Callable[[HttpRequest], HttpResponseBase]
HEADER = "X-Request-ID"
SERVICE_ERRORS = (OperationalError, InterfaceError, RedisError, ServiceUnavailable)

PROBES: dict[str, Next] = {
    "/healthz": health.healthz,
    "/readyz": health.readyz,
    "/metrics": metrics.view,
}


class ProbeMiddleware:
    """Answers the machines alongside this one, whatever host name they use and without TLS."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer a probe, or pass the request on."""
        return PROBES.get(request.path_info, self.get_response)(request)


class RequestLogMiddleware:
    """Gives each request its id, and tells the log and the metrics what came of it."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer, with the id in the response."""
        begun = time.perf_counter()
        with logs.request_id(request.headers.get(HEADER)) as chosen:
            response = self.get_response(request)
            seconds = time.perf_counter() - begun
            view = request.resolver_match.view_name if request.resolver_match else "file"
            metrics.note_request(request.method or "", view, response.status_code, seconds)
            access.info(
                "%s %s %s",
                request.method,
                request.path,  # without the query, which may name people
                response.status_code,
                extra={
                    "method": request.method,
                    "view": view,
                    "status": response.status_code,
                    "milliseconds": round(seconds * 1000, 1),
                },
            )
        response[HEADER] = chosen
        return response

    def process_exception(
        self, request: HttpRequest, exception: Exception
    ) -> HttpResponseBase | None:
        """503 where a service does not answer, also outside of the API."""
        if isinstance(exception, SERVICE_ERRORS):
            logging.getLogger(__name__).error("A service does not answer: %s", exception)
            return errors.unavailable(request)
        return None


class SocketLogMiddleware:
    """The same for sockets: everything a socket logs carries the id of its handshake."""

    def __init__(self, application: Any) -> None:
        self.application = application

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        """Serve one socket."""
        headers = dict(scope["headers"])
        offered = headers.get(HEADER.lower().encode(), b"").decode("latin-1")
        begun = time.perf_counter()
        code: int | None = None

        async def watched_receive() -> Any:
            nonlocal code
            event = await receive()
            if event["type"] == "websocket.disconnect" and code is None:
                code = event.get("code")
            return event

        async def watched_send(event: Any) -> None:
            nonlocal code
            if event["type"] == "websocket.close":
                code = event.get("code", 1000)
            await send(event)

        with logs.request_id(offered), metrics.open_sockets.track_inprogress():
            access.info("Socket %s opened", scope["path"])
            try:
                await self.application(scope, watched_receive, watched_send)
            finally:
                metrics.sockets_closed.labels(metrics.close_label(code)).inc()
                access.info(
                    "Socket %s closed with %s",
                    scope["path"],
                    code,
                    extra={"code": code, "seconds": round(time.perf_counter() - begun, 1)},
                )
