"""A picture as a field of the API: written and read as its address."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from user.images.storage import image_name, image_url
from user.models import Image


@extend_schema_field(OpenApiTypes.STR)
class ImageURLField(serializers.Field[Any, Any, Any, Any]):
    """A picture, written and read as the address that the upload answered.

    Takes only pictures of one's own, and the one that is in place. Code `image_unknown`.
    """

    default_error_messages = {
        "image_unknown": _("먼저 올린 이미지의 주소를 적어 주세요."),
        "invalid": _("이미지의 주소를 적어 주세요."),
    }

    def to_representation(self, value: Image) -> str:
        """The address of the full size."""
        return str(image_url(value.file.name))

    def to_internal_value(self, data: Any) -> Image:
        """The picture of this address."""
        if not isinstance(data, str):
            self.fail("invalid")
        image = Image.objects.filter(file=image_name(data)).first()
        current_user = self.context["request"].user
        if image is None or image.owner_id not in {current_user.pk, self._owner_in_place()}:
            self.fail("image_unknown")
        return image

    def _owner_in_place(self) -> int | None:
        """Whose picture is in place: an admin may save an author's project as it is."""
        project = getattr(self.parent, "instance", None)
        return getattr(project, "author_id", None)
