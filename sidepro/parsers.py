"""Request parsers that bound what they read."""

import io
from collections.abc import Mapping
from typing import IO, Any

from django.conf import settings
from django.utils.translation import gettext as _
from rest_framework.exceptions import ParseError
from rest_framework.parsers import JSONParser

from user.api.errors import PayloadTooLarge


class BoundedJSONParser(JSONParser):
    """JSON of at most `API_MAX_BODY_BYTES`, of any sane depth.

    Raises PayloadTooLarge (413) or ParseError (400).
    """

    def parse(
        self,
        stream: IO[Any],
        media_type: str | None = None,
        parser_context: Mapping[str, Any] | None = None,
    ) -> dict[str, Any]:
        """The decoded body."""
        body = stream.read(settings.API_MAX_BODY_BYTES + 1)
        if len(body) > settings.API_MAX_BODY_BYTES:
            raise PayloadTooLarge
        try:
            return super().parse(io.BytesIO(body), media_type, parser_context)
        except RecursionError as error:
            raise ParseError(_("JSON이 너무 깊어요.")) from error
        except ParseError as error:
            detail = _("올바른 JSON이 아니에요: %(reason)s") % {"reason": error.__context__}
            raise ParseError(detail) from error
