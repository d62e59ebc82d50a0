"""A real SMTP server that takes, refuses and hangs as it is scripted."""

import asyncio
import random
import re
import socket
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes
from email.message import Message
from typing import Any

from aiosmtpd.controller import Controller
from pytest_django import Settings


class Rules:
    """What the server does with whom, by the beginning of the address; and what it has taken."""

    def __init__(self, seed: int = 0) -> None:
        self.random = random.Random(seed)
        self.busy = 0.0  # how often it says "later" before a mail
        self.slow = 0.0  # seconds it may take with a mail, before and after it is taken
        self.refuse_content = ""  # its answer to a mail's text, such as "452 later"
        self.hang = False
        self.taken: list[Message] = []

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, to: str, _: Any) -> str:  # noqa: N802
        if to.startswith("gone"):
            return "550 no such person"
        if self.random.random() < self.busy:
            return "451 later"
        envelope.rcpt_tos.append(to)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        if self.hang:
            await asyncio.sleep(30)
        if self.refuse_content:
            return self.refuse_content
        # what it has got to the last byte it takes, no matter who hangs up in the meantime
        return await asyncio.shield(self.take(envelope.content))

    async def take(self, content: bytes) -> str:
        await asyncio.sleep(self.random.random() * self.slow)
        self.taken.append(message_from_bytes(content))
        await asyncio.sleep(self.random.random() * self.slow)
        return "250 taken"

    def times(self) -> Counter[str]:
        """How often each address got a mail."""
        return Counter(re.sub(r".*<|>", "", str(message["To"])) for message in self.taken)


@contextmanager
def mail_server(settings: Settings, rules: Rules) -> Iterator[Rules]:
    """Run the server, and have Django send to it."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    controller = Controller(rules, hostname="127.0.0.1", port=port)
    controller.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST = "127.0.0.1"
    settings.EMAIL_PORT = port
    settings.EMAIL_TIMEOUT = 2
    try:
        yield rules
    finally:
        controller.stop()
