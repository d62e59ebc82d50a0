"""The protocol's documentation says what the sockets do."""

import json
import subprocess
import sys
from pathlib import Path
from typing import get_args

import pytest

from chat import consumers
from chat.constants import MESSAGE_MAX_LENGTH
from chat.realtime.protocol import SEQ_MAX, ServerFrameType, parse
from chat.tests.documented import DOCUMENT, check, frames

CONSUMERS = {
    "receiveFromChat": consumers.ChatConsumer,
    "receiveFromInbox": consumers.InboxConsumer,
}


@pytest.mark.parametrize(("operation", "consumer"), CONSUMERS.items())
def test_the_frames_a_socket_takes_are_the_documented_ones(operation, consumer):
    assert frames(operation).keys() == consumer.frames


def test_the_frames_that_sockets_send_are_the_documented_ones():
    documented = frames("sendToChat").keys() | frames("sendToInbox").keys()
    assert set(get_args(ServerFrameType)) == documented


def test_the_examples_of_clients_frames_are_understood():
    for message in frames("receiveFromChat").values():
        for example in message["examples"]:
            check("receiveFromChat", example["payload"])
            text = json.dumps(example["payload"], ensure_ascii=False)
            understood = parse(text, consumers.ChatConsumer.frames)
            assert understood.type == example["payload"]["type"]


def test_the_documented_limits_are_those_of_the_code():
    schemas = DOCUMENT["components"]["schemas"]
    assert schemas["Body"]["maxLength"] == MESSAGE_MAX_LENGTH
    assert schemas["Seq"]["maximum"] == SEQ_MAX


def test_the_example_client_needs_websockets_and_nothing_of_this_repository(tmp_path):
    source = Path(consumers.__file__).with_name("example_client.py")
    copy = tmp_path / "example_client.py"
    copy.write_text(source.read_text("utf-8"), "utf-8")
    started = subprocess.run(
        [sys.executable, "-I", copy, "--help"], cwd=tmp_path, capture_output=True, text=True
    )
    assert started.returncode == 0, started.stderr
    assert "ROOM_ID" in started.stdout
