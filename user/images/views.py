"""Uploading pictures over HTTP."""

from collections.abc import Mapping
from typing import IO, Any, cast

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.exceptions import ParseError
from rest_framework.parsers import DataAndFiles, MultiPartParser
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from user.api.errors import PayloadTooLarge, ServiceUnavailable
from user.api.throttling import ScopeThrottle
from user.api.validation import validated
from user.constants import ImageKind
from user.images.encoding import UnusableImageError, re_encode
from user.images.storage import StorageError, image_url, store
from user.login.authentication import current_user
from user.permissions import EmailConfirmed

UPLOAD_TOO_LARGE = _("이미지는 5 MB까지 올릴 수 있어요.")
NOT_STORED = _("이미지를 저장하지 못했어요. 잠시 후 다시 시도해 주세요.")


def max_upload_bytes() -> int:
    """The longest request that may hold a picture: the picture and the form around it."""
    return int(settings.IMAGE_MAX_BYTES) + 64 * 1024


class BoundedMultiPartParser(MultiPartParser):
    """A form with a picture, refused by its announced length before it is read."""

    def parse(
        self,
        stream: IO[Any],
        media_type: str | None = None,
        parser_context: Mapping[str, Any] | None = None,
    ) -> "DataAndFiles[Any, Any]":
        """The form. Raises PayloadTooLarge (413) or ParseError (400)."""
        request = (parser_context or {})["request"]
        if int(request.META.get("CONTENT_LENGTH") or 0) > max_upload_bytes():
            raise PayloadTooLarge(UPLOAD_TOO_LARGE)
        try:
            return super().parse(stream, media_type, parser_context)
        except ParseError as error:
            raise ParseError(_("보낸 양식을 읽을 수 없어요.")) from error


class ImageUploadSerializer(serializers.Serializer[Any]):
    """A picture and what it is for."""

    image = serializers.FileField(max_length=255)
    kind = serializers.ChoiceField(choices=ImageKind.choices, default=ImageKind.PROJECT)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Decode the picture. Raises ValidationError at `image`."""
        upload: UploadedFile[bytes] = attrs["image"]
        if (upload.size or 0) > settings.IMAGE_MAX_BYTES:
            raise PayloadTooLarge(UPLOAD_TOO_LARGE)
        try:
            attrs["encoded"] = re_encode(cast("IO[bytes]", upload), attrs["kind"])
        except UnusableImageError as error:
            raise serializers.ValidationError({"image": str(error)}, "image_unusable") from error
        return attrs


class StoredImageSerializer(serializers.Serializer[Any]):
    """Where the picture is now; relative addresses are relative to the API's origin."""

    url = serializers.CharField()
    width = serializers.IntegerField()
    height = serializers.IntegerField()


class ImageUploadView(APIView):
    """Upload a picture."""

    permission_classes = [IsAuthenticated, EmailConfirmed]
    parser_classes = [BoundedMultiPartParser]
    throttle_classes = [ScopeThrottle]
    throttle_scope = "images"

    @extend_schema(request=ImageUploadSerializer, responses={201: StoredImageSerializer})
    def post(self, request: Request) -> Response:
        """Upload a JPEG, PNG, WebP or GIF of at most 5 MB.

        It is encoded again as WebP, without metadata; an animation stays one. A picture
        that nothing refers to goes after a day.
        """
        upload = validated(ImageUploadSerializer, request)
        try:
            image = store(current_user(request), upload["kind"], upload["encoded"])
        except StorageError as error:
            raise ServiceUnavailable(NOT_STORED) from error
        stored = {
            "url": image_url(image.file.name),
            "width": image.width,
            "height": image.height,
        }
        return Response(stored, status=status.HTTP_201_CREATED)
