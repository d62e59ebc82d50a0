"""The protocol's documentation says what the sockets do."""

import json
import re
from pathlib import Path

import pytest

from chat import consumers, sockets
from chat.constants import MESSAGE_MAX_LENGTH
from chat.protocol import SEQ_MAX, parse
from chat.tests.documented import DOCUMENT, check, frames

SOCKETS = {"hear": consumers.ChatSocket, "hearFromInbox": consumers.InboxSocket}


@pytest.mark.parametrize(("operation", "socket"), SOCKETS.items())
def test_the_frames_a_socket_takes_are_the_documented_ones(operation, socket):
    assert frames(operation).keys() == socket.frames


def test_the_frames_that_sockets_send_are_the_documented_ones():
    source = "".join(Path(module.__file__).read_text("utf-8") for module in (consumers, sockets))
    sent = set(re.findall(r'type="([a-z.]+)"', source))
    assert sent == frames("tell").keys() | frames("tellInbox").keys()


def test_the_examples_of_clients_frames_are_understood():
    for message in frames("hear").values():
        for example in message["examples"]:
            check("hear", example["payload"])
            text = json.dumps(example["payload"], ensure_ascii=False)
            assert parse(text, consumers.ChatSocket.frames).type == example["payload"]["type"]


def test_the_documented_limits_are_those_of_the_code():
    schemas = DOCUMENT["components"]["schemas"]
    assert schemas["Body"]["maxLength"] == MESSAGE_MAX_LENGTH
    assert schemas["Seq"]["maximum"] == SEQ_MAX
