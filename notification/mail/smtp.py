"""SMTP that lets us note a mail in the same moment in which it leaves our hands."""

import smtplib
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

from django.core.mail.backends import smtp

READY_FOR_DATA = 354


class _HandingOver(smtplib.SMTP):
    """Sends a mail's text within the context that `handover()` gives, and its answer after it."""

    handover: Callable[[], AbstractContextManager[None]] | None = None
    _in_data = False
    _is_ready = False

    def data(self, msg: Any) -> Any:
        """Send a mail's text."""
        self._in_data = True
        try:
            return super().data(msg)
        finally:
            self._in_data = self._is_ready = False

    def getreply(self) -> tuple[int, bytes]:
        """The server's answer; within `data`, the first one says that it is ready for the text."""
        reply = super().getreply()
        self._is_ready = self._in_data and reply[0] == READY_FOR_DATA
        return reply

    def send(self, s: Any) -> None:
        """Send bytes; those of a mail's text within the handover."""
        if not (self._is_ready and self.handover):
            super().send(s)
            return
        with self.handover():
            super().send(s)


class _HandingOverTLS(_HandingOver, smtplib.SMTP_SSL):
    """The same over TLS from the first byte."""


class EmailBackend(smtp.EmailBackend):
    """Django's SMTP backend, over a connection that tells when it hands a mail over."""

    @property
    def connection_class(self) -> type[smtplib.SMTP]:
        """The class of the connection."""
        return _HandingOverTLS if self.use_ssl else _HandingOver
