"""The pictures of a project's gallery, as the API takes and shows them."""

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _
from drf_spectacular.extensions import OpenApiSerializerFieldExtension
from rest_framework import serializers
from rest_framework.exceptions import ErrorDetail

from project.constants import ALT_MAX_LENGTH
from user.api.fields import LineField
from user.images.fields import ImageURLField
from user.images.storage import image_name, image_url
from user.models import Image

if TYPE_CHECKING:
    from drf_spectacular.openapi import AutoSchema


class PictureSerializer(serializers.Serializer[Any]):
    """A picture of a gallery; `alt` says in words what it shows."""

    url = serializers.CharField(max_length=500, help_text="올린 이미지의 주소")
    alt = LineField(max_length=ALT_MAX_LENGTH, required=False, allow_blank=True, default="")
    card = serializers.CharField(read_only=True, help_text="640 × 360으로 자른 것")
    width = serializers.IntegerField(read_only=True)
    height = serializers.IntegerField(read_only=True)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """The picture, whole also in a PATCH, whose fields may all be left out."""
        if "url" not in attrs:
            message = self.fields["url"].error_messages["required"]
            raise serializers.ValidationError({"url": [ErrorDetail(str(message), "required")]})
        return {"alt": "", **attrs}


class PictureListSerializer(serializers.ListSerializer[Any]):
    """The whole gallery, whose pictures are looked up in one query."""

    child = PictureSerializer()

    default_error_messages = {"picture_twice": _("같은 이미지가 두 번 있어요.")}

    def to_internal_value(self, data: Any) -> list[dict[str, Any]]:
        """Each picture as `{image, alt}`. Raises ValidationError."""
        pictures = super().to_internal_value(data)
        names = [image_name(picture["url"]) for picture in pictures]
        found = {
            image.file.name: image
            for image in Image.objects.filter(
                file__in=filter(None, names), owner__in=self._owners()
            )
        }
        if not found.keys() >= set(names):
            message = ImageURLField.default_error_messages["image_unknown"]
            unknown = {"url": [ErrorDetail(str(message), "image_unknown")]}
            raise serializers.ValidationError([{} if name in found else unknown for name in names])
        if len(found) < len(names):
            self.fail("picture_twice")
        return [
            {"image": found[str(name)], "alt": picture["alt"]}
            for name, picture in zip(names, pictures, strict=True)
        ]

    def _owners(self) -> set[int | None]:
        """Whose pictures it takes: the writer's, and the author's that a moderator leaves."""
        author = getattr(self.root.instance, "author_id", None)
        return {self.context["request"].user.pk, author}


class PictureListSchema(OpenApiSerializerFieldExtension):  # type: ignore[no-untyped-call]
    """How many pictures a gallery takes: drf-spectacular reads it off no list of objects."""

    target_class = PictureListSerializer

    def map_serializer_field(self, auto_schema: "AutoSchema", direction: Any) -> dict[str, Any]:
        """The list with its limit."""
        items = auto_schema.resolve_serializer(self.target.child, direction).ref
        return {"type": "array", "items": items, "maxItems": self.target.max_length}


def picture_shape(picture: dict[str, Any]) -> dict[str, Any]:
    """A picture of `picture_list` as the API shows it."""
    return {
        "url": image_url(picture["file"]),
        "card": image_url(picture["card"]),
        "alt": picture["alt"],
        "width": picture["width"],
        "height": picture["height"],
    }
