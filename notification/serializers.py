"""The shapes of notifications, settings and follows."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from notification.constants import ENDPOINT_MAX_LENGTH, Channel, Digest, Kind
from notification.links import path_of
from notification.models import Follow, Notification, Settings
from notification.push.endpoint import ForbiddenEndpointError, host_of
from user.api.fields import BoundedListField
from user.images.storage import image_url
from user.serializers import PersonSerializer
from user.skills.serializers import SkillLinkSerializer

MAX_IDS = 100
AUTH_BYTES = 16


class ActorSerializer(serializers.Serializer[Any]):
    """Who did the newest of what a notification tells."""

    username = serializers.CharField()
    image = serializers.CharField(allow_null=True)


class NotificationSerializer(serializers.ModelSerializer[Notification]):
    """A row of the list, from what `NotificationQuerySet.for_list` annotated."""

    count = serializers.IntegerField(
        read_only=True, help_text="How often it happened while this was unread."
    )
    actor = serializers.SerializerMethodField()
    url = serializers.SerializerMethodField(help_text="The page that shows it; empty for none.")

    class Meta:
        model = Notification
        fields = ["id", "kind", "title", "url", "count", "actor", "updated_at", "read_at"]
        read_only_fields = fields

    @extend_schema_field(ActorSerializer(allow_null=True))
    def get_actor(self, row: Any) -> dict[str, Any] | None:
        """Who did it; None where an account was deleted, or where the site itself speaks."""
        if row.actor_username is None:
            return None
        return {"username": row.actor_username, "image": image_url(row.actor_image)}

    def get_url(self, row: Any) -> str:
        """Where it leads."""
        return path_of(row.kind, row.target, row.source, row.count)


class NotificationQuerySerializer(serializers.Serializer[Any]):
    """Query of the list."""

    unread = serializers.BooleanField(default=False, help_text="Only those that are unread.")


class ReadSerializer(serializers.Serializer[Any]):
    """Which notifications were read: some, or all."""

    ids = BoundedListField(
        child=serializers.IntegerField(min_value=1, max_value=2**63 - 1),
        required=False,
        max_length=MAX_IDS,
    )
    all = serializers.BooleanField(required=False, default=False)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Raise ValidationError unless exactly one of the two is asked for."""
        if attrs["all"] == ("ids" in attrs):
            raise serializers.ValidationError(_("ids와 all 중 하나만 보내 주세요."))
        return attrs


class UnreadSerializer(serializers.Serializer[Any]):
    """The number on the bell."""

    unread = serializers.IntegerField(help_text="At most 100: then there may be more.")


class SwitchesSerializer(serializers.Serializer[Any]):
    """One kind's switches."""

    site = serializers.BooleanField(required=False)
    mail = serializers.BooleanField(required=False)
    push = serializers.BooleanField(required=False)


KindsSerializer = type(
    "KindsSerializer",
    (serializers.Serializer,),
    {
        "__doc__": "The switches of each kind.",
        **{kind.value: SwitchesSerializer(required=False) for kind in Kind},
    },
)


class SettingsSerializer(serializers.ModelSerializer[Settings]):
    """How a person wants to be notified; a PATCH changes what it names."""

    kinds = KindsSerializer(required=False)
    digest = serializers.ChoiceField(choices=Digest.choices, required=False)
    bounced = serializers.SerializerMethodField(
        help_text="Mail is off because the address refused it three times."
    )

    class Meta:
        model = Settings
        fields = ["mail", "bounced", "digest", "quiet_from", "quiet_until", "kinds"]
        extra_kwargs = {
            name: {"max_value": 23, "help_text": "An hour of my day; no push comes in between."}
            for name in ("quiet_from", "quiet_until")
        }

    def get_bounced(self, settings: Settings) -> bool:
        """Whether refusals turned mail off."""
        return settings.mail_refused

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Raise ValidationError for quiet hours with one end."""
        start = attrs.get("quiet_from", getattr(self.instance, "quiet_from", None))
        end = attrs.get("quiet_until", getattr(self.instance, "quiet_until", None))
        if (start is None) != (end is None):
            raise serializers.ValidationError(_("조용한 시간의 시작과 끝을 함께 보내 주세요."))
        return attrs

    def to_representation(self, settings: Settings) -> dict[str, Any]:
        """All switches, also those that stand as by default."""
        switches = {
            kind.value: {
                channel.value: settings.switches.get(
                    f"{kind}.{channel}", Settings.default(kind, channel)
                )
                for channel in Channel
            }
            for kind in Kind
        }
        return {
            "mail": settings.mail,
            "bounced": settings.mail_refused,
            "digest": settings.digest,
            "quiet_from": settings.quiet_from,
            "quiet_until": settings.quiet_until,
            "kinds": switches,
        }

    def update(self, settings: Settings, validated_data: dict[str, Any]) -> Settings:
        """Write what was sent; turning mail on forgets earlier refusals."""
        for kind, channels in validated_data.pop("kinds", {}).items():
            for channel, on in channels.items():
                settings.switch(kind, channel, on=on)
        if validated_data.get("mail"):
            settings.bounces = 0
        return super().update(settings, validated_data)


class FollowSerializer(serializers.ModelSerializer[Follow]):
    """A person or a skill that a user follows."""

    person = PersonSerializer(read_only=True, allow_null=True)
    skill = SkillLinkSerializer(read_only=True, allow_null=True)

    class Meta:
        model = Follow
        fields = ["person", "skill", "created_at"]


class FollowingSerializer(serializers.Serializer[Any]):
    """Whether the caller follows it."""

    following = serializers.BooleanField()


class PushKeySerializer(serializers.Serializer[Any]):
    """What a browser subscribes with."""

    public_key = serializers.CharField(help_text="Empty where the site sends no pushes.")


class EndpointSerializer(serializers.Serializer[Any]):
    """A browser, by its push service's address."""

    endpoint = serializers.CharField(max_length=ENDPOINT_MAX_LENGTH)

    def validate_endpoint(self, endpoint: str) -> str:
        """Raise ValidationError for what is no public https address."""
        try:
            host_of(endpoint)
        except ForbiddenEndpointError as error:
            raise serializers.ValidationError(_("푸시 서비스의 주소가 아니에요.")) from error
        return endpoint


class PushKeysSerializer(serializers.Serializer[Any]):
    """The keys that only the browser can read with, as browsers write them."""

    p256dh = serializers.CharField()
    auth = serializers.CharField()

    def validate_p256dh(self, text: str) -> str:
        """Raise ValidationError for what is no public key."""
        try:
            raw = urlsafe_b64decode(text + "=" * (-len(text) % 4))
            ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), raw)
        except ValueError:
            raise serializers.ValidationError(_("공개 키가 아니에요.")) from None
        return urlsafe_b64encode(raw).decode().rstrip("=")

    def validate_auth(self, text: str) -> str:
        """Raise ValidationError for what are not 16 bytes."""
        try:
            raw = urlsafe_b64decode(text + "=" * (-len(text) % 4))
        except ValueError:
            raw = b""
        if len(raw) != AUTH_BYTES:
            raise serializers.ValidationError(_("16바이트가 아니에요."))
        return urlsafe_b64encode(raw).decode().rstrip("=")


class SubscriptionSerializer(EndpointSerializer):
    """`PushSubscription.toJSON()` of a browser."""

    keys = PushKeysSerializer()
