"""Fields of requests that every app has."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from user.text import composed, has_nothing_to_see


class TextField(serializers.CharField):
    """A text that people read: composed, and with something to see unless it may be blank."""

    default_error_messages = {"blank": _("보이는 글자를 한 자 이상 써 주세요.")}

    def run_validation(self, data: Any = serializers.empty) -> Any:
        """The text. Raises ValidationError with code `blank` when there is nothing to see in it."""
        if isinstance(data, str):
            data = composed(data)
            if has_nothing_to_see(data):
                data = ""
        return super().run_validation(data)
