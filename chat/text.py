"""What a message may say, over sockets and over HTTP alike."""

import re
from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from user.text import composed, has_nothing_to_see

_BLANK_LINES_BEFORE = re.compile(r"\A(?:[^\S\n]*\n)+")


def clean_body(text: str) -> str:
    """A message as it is kept: without blank lines before it and blanks after it.

    Code keeps the indentation of its first line, and a text of nothing to see is empty. Raises
    ValueError for what no database stores.
    """
    if "\x00" in text or any("\ud800" <= letter <= "\udfff" for letter in text):
        raise ValueError("characters that cannot be stored")
    return "" if has_nothing_to_see(text) else composed(_BLANK_LINES_BEFORE.sub("", text).rstrip())


class MessageBodyField(serializers.CharField):
    """A message in a request's body; what has nothing to see is no message."""

    default_error_messages = {"unstorable": _("쓸 수 없는 문자가 있어요.")}

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(allow_blank=True, trim_whitespace=False, **kwargs)

    def to_internal_value(self, data: Any) -> str:
        """The message as it is kept. Raises ValidationError."""
        try:
            return clean_body(super().to_internal_value(data))
        except ValueError:
            self.fail("unstorable")
