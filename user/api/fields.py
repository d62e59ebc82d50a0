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


class LineField(TextField):
    """A text of one line: line breaks in it become blanks, as a browser's field makes them."""

    def to_internal_value(self, data: Any) -> str:
        """The lines that hold something, joined."""
        lines = (line.strip() for line in super().to_internal_value(data).splitlines())
        return " ".join(filter(None, lines))


class BoundedListField(serializers.ListField):
    """A list of at most `max_length` items; of a longer one no item is looked at."""

    def to_internal_value(self, data: Any) -> list[Any]:
        """The checked items. Raises ValidationError with code `max_length`."""
        if isinstance(data, list) and self.max_length and len(data) > self.max_length:
            message = self.error_messages["max_length"].format(max_length=self.max_length)
            raise serializers.ValidationError(message, code="max_length")
        return super().to_internal_value(data)


class CommaSeparatedField(serializers.CharField):
    """Names joined by commas, as a query string holds them: `Python,Django`.

    Blank ones are left out. At most `max_items` of them, each of at most `max_item_length`
    letters; codes `max_items` and `max_length`.
    """

    default_error_messages = {"max_items": _("한 번에 {max_items}개까지 고를 수 있어요.")}

    def __init__(self, *, max_items: int, max_item_length: int, **kwargs: Any) -> None:
        self.max_items = max_items
        super().__init__(max_length=max_items * (max_item_length + 2), **kwargs)

    def run_validation(self, data: Any = serializers.empty) -> Any:
        """The names, in their order."""
        text = super().run_validation(data)
        if not isinstance(text, str):
            return text
        names = [name for part in text.split(",") if (name := part.strip())]
        if len(names) > self.max_items:
            self.fail("max_items", max_items=self.max_items)
        return names
