"""A real push service that takes, refuses and hangs as it is scripted, and a browser's keys."""

import json
import random
import threading
import time
from base64 import urlsafe_b64encode
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from unittest.mock import patch

import http_ece
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from pytest_django import Settings

from notification.models import Subscription
from user.models import User
from user.tests.factories import access_token_for


def letters(value: bytes) -> str:
    return urlsafe_b64encode(value).decode().rstrip("=")


def point(key: ec.EllipticCurvePrivateKey) -> str:
    raw = key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    return letters(raw)


SERVER_KEY = ec.generate_private_key(ec.SECP256R1())
BROWSER_KEY = ec.generate_private_key(ec.SECP256R1())
AUTH = b"0123456789abcdef"
KEYS = {"p256dh": point(BROWSER_KEY), "auth": letters(AUTH)}


def turn_on(settings: Settings) -> None:
    """Give the site its keys."""
    settings.PUSH_ENABLED = True
    settings.VAPID_PUBLIC_KEY = point(SERVER_KEY)
    settings.VAPID_PRIVATE_KEY = letters(
        SERVER_KEY.private_numbers().private_value.to_bytes(32, "big")
    )


def subscribed(user: User, endpoint: str = "") -> Subscription:
    """A browser of this person."""
    access_token_for(user)
    session = user.sessions.latest("created_at")
    endpoint = endpoint or f"https://push.example.com/{user.username}"
    return Subscription.objects.create(user=user, session=session, endpoint=endpoint, **KEYS)


@dataclass
class Rules:
    """What the service answers, and what it has taken."""

    seed: int = 0
    busy: float = 0.0  # how often it says "later"
    slow: float = 0.0  # seconds it may take, before and after it took one
    status: int = 201
    hang: bool = False
    taken: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.random = random.Random(self.seed)

    def answer(self, path: str, headers: dict[str, str], body: bytes) -> int:
        """Take a push or not; a path that begins with `/gone` is no browser any more."""
        if self.hang:
            time.sleep(5)
        if path.startswith("/gone"):
            return 410
        if self.random.random() < self.busy:
            self.refused.append(path)
            return 503
        if self.status == 201:
            time.sleep(self.random.random() * self.slow)
            text = http_ece.decrypt(body, private_key=BROWSER_KEY, auth_secret=AUTH)
            self.headers.append(headers)
            self.taken.append((path, json.loads(text)))
            time.sleep(self.random.random() * self.slow)
        return self.status

    def times(self) -> Counter[str]:
        """How often each browser got a push."""
        return Counter(path.removeprefix("/") for path, _ in self.taken)


@contextmanager
def push_service(settings: Settings, rules: Rules) -> Iterator[Rules]:
    """Run the service, and have every push go to it."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            self.send_response(rules.answer(self.path, dict(self.headers), body))
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_: Any) -> None:
            """Stay silent."""

        def handle(self) -> None:
            with suppress(ConnectionError):  # who sent it was killed
                super().handle()

    turn_on(settings)
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, args=[0.05])
    thread.start()

    def connect(endpoint: str) -> HTTPConnection:
        return HTTPConnection("127.0.0.1", server.server_port, timeout=1)

    try:
        with patch("notification.push.send.connect", connect):
            yield rules
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
