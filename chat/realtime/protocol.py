"""The frames between a client and its socket, and the check of the client's (PROTOCOL.md)."""

import json
import uuid
from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any, Literal

from django.utils.translation import gettext as _

from chat.constants import MESSAGE_MAX_LENGTH
from chat.text import clean_body

SEQ_MAX = 2**31 - 1

ClientFrameType = Literal["message.send", "sync", "read", "typing", "ping"]
ServerFrameType = Literal[
    "message.ack",
    "message.new",
    "sync.done",
    "read",
    "typing",
    "status",
    "presence",
    "head",
    "pong",
    "error",
    # of the inbox
    "unread",
    "notification",
    "room",
    "room.removed",
]


class FrameError(ValueError):
    """A frame that is not understood; the socket stays open."""

    def __init__(self, code: str, detail: str, client_id: str | None = None) -> None:
        super().__init__(detail)
        self.code, self.detail, self.client_id = code, detail, client_id

    def fields(self) -> dict[str, Any]:
        """What the `error` frame says."""
        fields = {"code": self.code, "detail": self.detail}
        return fields | ({"client_id": self.client_id} if self.client_id else {})


@dataclass(frozen=True)
class Frame:
    """A client's frame, checked: only what its type needs is filled in."""

    type: ClientFrameType
    client_id: uuid.UUID = field(default_factory=uuid.uuid4)
    body: str = ""
    seq: int = 0


def parse(text: str | None, allowed: Collection[ClientFrameType]) -> Frame:
    """Read a client's frame of one of the allowed types. Raises FrameError.

    Nothing of a client's frame is passed on as it came: not its type, not a field that is not read
    here, such as a forged `sender`.
    """
    if text is None:
        raise FrameError("malformed", _("텍스트 프레임만 받아요."))
    try:
        data = json.loads(text)
    except (ValueError, RecursionError):
        raise FrameError("malformed", _("JSON이 아니에요.")) from None
    if not isinstance(data, dict) or not isinstance(data.get("type"), str):
        raise FrameError("malformed", _("`type`이 있는 객체여야 해요."))
    kind = next((known for known in allowed if known == data["type"]), None)
    if kind is None:
        raise FrameError("unknown_type", _("모르는 종류의 프레임이에요."))
    if kind == "message.send":
        return _message(data)
    if kind == "sync":
        return Frame(kind, seq=_seq(data, "after"))
    if kind == "read":
        return Frame(kind, seq=_seq(data, "seq"))
    return Frame(kind)


def _message(data: dict[str, Any]) -> Frame:
    try:
        client_id = uuid.UUID(data["client_id"])
    except (KeyError, ValueError, TypeError, AttributeError):
        raise FrameError("invalid", _("`client_id`는 UUID여야 해요.")) from None
    body = data.get("body")
    if not isinstance(body, str):
        raise FrameError("invalid", _("`body`는 글이어야 해요."), str(client_id))
    try:
        body = clean_body(body)
    except ValueError:
        raise FrameError("invalid", _("쓸 수 없는 문자가 있어요."), str(client_id)) from None
    if not 1 <= len(body) <= MESSAGE_MAX_LENGTH:
        limits = _("메시지는 1자에서 %(most)d자까지예요.") % {"most": MESSAGE_MAX_LENGTH}
        raise FrameError("invalid", limits, str(client_id))
    return Frame("message.send", client_id=client_id, body=body)


def _seq(data: dict[str, Any], field: str) -> int:
    value = data.get(field)
    if type(value) is not int or not 0 <= value <= SEQ_MAX:
        raise FrameError("invalid", _("`%(field)s`는 0 이상의 정수여야 해요.") % {"field": field})
    return value
