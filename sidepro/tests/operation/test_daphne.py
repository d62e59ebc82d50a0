"""The bound on what a socket's client leaves unread."""

import asyncio

import pytest
from daphne.ws_protocol import WebSocketProtocol

from chat.constants import CLOSE_TOO_FAST
from sidepro.daphne import UNSENT_MAX_BYTES, BoundedProtocol


@pytest.fixture
def protocol(monkeypatch):
    """A socket whose client reads nothing; `closed` holds the codes it was closed with."""
    monkeypatch.setattr(WebSocketProtocol, "serverSend", lambda *frame: None)
    protocol = BoundedProtocol()
    protocol.drained = asyncio.Event()
    protocol.unsent_bytes = 0
    protocol.closed = []
    monkeypatch.setattr(protocol, "serverClose", protocol.closed.append)
    return protocol


@pytest.mark.parametrize("frame", ["a" * 1024, "가" * 341 + "a", b"a" * 1024])
def test_a_client_a_mebibyte_behind_is_closed_whatever_the_frames_hold(protocol, frame):
    for _ in range(UNSENT_MAX_BYTES // 1024):
        protocol.serverSend(frame, isinstance(frame, bytes))
    assert protocol.closed == []
    protocol.serverSend("a")
    assert protocol.closed == [CLOSE_TOO_FAST]


def test_a_client_that_has_caught_up_begins_again(protocol):
    protocol.serverSend("a" * UNSENT_MAX_BYTES)
    protocol.resumeProducing()
    protocol.serverSend("a" * UNSENT_MAX_BYTES)
    assert protocol.closed == []
