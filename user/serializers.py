"""The shapes of accounts, profiles and people."""

from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError as DjangoValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers
from rest_framework.fields import get_error_detail

from user.accounts import note_new_username
from user.api.fields import TextField
from user.constants import (
    DESCRIPTION_MAX_LENGTH,
    PROFILE_MAX_SKILLS,
    TIME_ZONE_MAX_LENGTH,
)
from user.fields import (
    USERNAME_TAKEN,
    AddressField,
    GitHubURLField,
    NewPasswordField,
    NicknameField,
    OwnPasswordField,
    UsernameField,
)
from user.images.fields import ImageURLField
from user.models import Profile, User, validate_time_zone
from user.permissions import address_is_missing
from user.skills.serializers import SkillNamesField

EMAIL_TAKEN = _("이미 가입한 이메일이에요.")


def check_password(password: str, user: User) -> None:
    """Raise ValidationError at `password` unless it is hard to guess for this user."""
    try:
        validate_password(password, user)
    except DjangoValidationError as error:
        raise serializers.ValidationError({"password": get_error_detail(error)}) from error


class PersonSerializer(serializers.ModelSerializer[User]):
    """A person as they stand alongside a project, comment or message."""

    image = serializers.SerializerMethodField(help_text="작은 프로필 사진의 주소")

    class Meta:
        model = User
        fields = ["username", "image"]

    @extend_schema_field(serializers.CharField(allow_null=True))
    def get_image(self, user: User) -> str | None:
        """The address of the small picture, from what the queryset joined."""
        image = user.profile.image
        return image.card.url if image else None


class ProfileSerializer(serializers.ModelSerializer[Profile]):
    """What a person shows of themselves."""

    image = ImageURLField(required=False, allow_null=True)
    description = TextField(required=False, allow_blank=True, max_length=DESCRIPTION_MAX_LENGTH)
    github_url = GitHubURLField(required=False, allow_blank=True, max_length=200)
    skills = SkillNamesField(required=False, max_length=PROFILE_MAX_SKILLS)

    class Meta:
        model = Profile
        fields = [
            "description",
            "image",
            "github_url",
            "skills",
            "meet_time",
            "region",
            "chat_policy",
            "discoverable",
        ]


class PublicProfileSerializer(ProfileSerializer):
    """A profile as everybody sees it.

    Whom its owner lets ask is not part of it: compared with a refusal it would tell of a block.
    """

    class Meta(ProfileSerializer.Meta):
        fields = [
            name
            for name in ProfileSerializer.Meta.fields
            if name not in {"chat_policy", "discoverable"}
        ]


class PublicUserSerializer(serializers.ModelSerializer[User]):
    """A person as everybody sees them: never the e-mail."""

    profile = PublicProfileSerializer(read_only=True)

    class Meta:
        model = User
        fields = ["username", "joined_at", "profile"]


class AccountSerializer(serializers.ModelSerializer[User]):
    """My own account, with the profile."""

    email_verified = serializers.BooleanField(read_only=True)
    must_verify_email = serializers.SerializerMethodField(
        help_text="메일로 주소를 확인해야 쓸 수 있는 일이 있는지"
    )
    pending_email = serializers.CharField(
        read_only=True, help_text="확인을 기다리는 새 주소. 없으면 빈 문자열"
    )
    username = UsernameField(required=False)
    time_zone = serializers.CharField(
        required=False,
        max_length=TIME_ZONE_MAX_LENGTH,
        validators=[validate_time_zone],
        help_text="IANA 이름: `Asia/Seoul`",
    )
    profile = ProfileSerializer(required=False)

    class Meta:
        model = User
        fields = [
            "id",
            "email",
            "email_verified",
            "must_verify_email",
            "pending_email",
            "username",
            "joined_at",
            "language",
            "time_zone",
            "profile",
        ]
        read_only_fields = ["id", "email", "pending_email", "joined_at"]

    def get_must_verify_email(self, user: User) -> bool:
        """Whether writing waits for the address to be confirmed."""
        return address_is_missing(user)

    @transaction.atomic
    def update(self, instance: User, validated_data: dict[str, Any]) -> User:
        """Write what was sent, and nothing else. Raises ValidationError for a taken nickname."""
        profile_data = validated_data.pop("profile", {})
        settings_sent = [name for name in ("language", "time_zone") if name in validated_data]
        for name in settings_sent:
            setattr(instance, name, validated_data[name])
        if settings_sent:
            instance.save(update_fields=settings_sent)
        username = validated_data.get("username", instance.username)
        if username != instance.username:
            former, instance.username = instance.username, username
            try:
                with transaction.atomic():
                    instance.save(update_fields=["username"])
            except IntegrityError as error:
                raise serializers.ValidationError(
                    {"username": [USERNAME_TAKEN]}, code="unique"
                ) from error
            note_new_username(instance, former)
        profile_serializer = self.fields["profile"]
        assert isinstance(profile_serializer, ProfileSerializer)
        profile_serializer.update(instance.profile, profile_data)
        return instance


class RegistrationSerializer(serializers.ModelSerializer[User]):
    """A new account."""

    email = AddressField(public=True)
    username = UsernameField()
    password = NewPasswordField()
    terms_version = serializers.DateField(
        required=False,
        write_only=True,
        help_text="가입하는 사람이 동의한 약관과 개인정보 처리방침의 날짜",
    )

    class Meta:
        model = User
        fields = ["id", "email", "username", "password", "terms_version"]
        read_only_fields = ["id"]

    def validate_email(self, email: str) -> str:
        """Raise ValidationError with code `unique` when the e-mail has an account."""
        if User.objects.filter(email=email).exists():
            raise serializers.ValidationError(EMAIL_TAKEN, code="unique")
        return email

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Check the password against the rest."""
        check_password(attrs["password"], User(email=attrs["email"], username=attrs["username"]))
        return attrs

    def create(self, validated_data: dict[str, Any]) -> User:
        """Make the account, in the language of the request.

        Two people asking for one name at once: the second gets a 400.
        """
        try:
            agreed_at = timezone.now() if "terms_version" in validated_data else None
            return User.objects.create_user(
                **validated_data, terms_agreed_at=agreed_at, language=get_language()
            )
        except IntegrityError as error:
            taken = User.objects.filter(email=validated_data["email"]).exists()
            raise serializers.ValidationError(
                {"email": [EMAIL_TAKEN]} if taken else {"username": [USERNAME_TAKEN]},
                code="unique",
            ) from error


class AvailabilitySerializer(serializers.Serializer[Any]):
    """Query: exactly one of the two."""

    email = AddressField(required=False)
    username = NicknameField(required=False)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Raise ValidationError unless exactly one is asked about."""
        if len(attrs) != 1:
            raise serializers.ValidationError(_("email과 username 중 하나만 보내 주세요."))
        return attrs


class AvailableSerializer(serializers.Serializer[Any]):
    """Whether it can still be taken."""

    available = serializers.BooleanField()


class LoginSerializer(serializers.Serializer[Any]):
    """Credentials."""

    email = AddressField()
    password = NewPasswordField()


class RefreshSerializer(serializers.Serializer[Any]):
    """The refresh token of a native client; browsers send it as a cookie."""

    refresh = serializers.CharField(max_length=2000, required=False)


class TokenSerializer(serializers.Serializer[Any]):
    """Tokens; `refresh` only for native clients."""

    access = serializers.CharField()
    refresh = serializers.CharField(required=False)


class PasswordSerializer(serializers.Serializer[Any]):
    """The caller's own password, as a confirmation."""

    password = OwnPasswordField()


class PasswordChangeSerializer(serializers.Serializer[Any]):
    """The old and the new password."""

    old_password = OwnPasswordField()
    new_password = NewPasswordField()

    def validate_new_password(self, password: str) -> str:
        """Raise ValidationError for a password that is easy to guess."""
        validate_password(password, self.context["request"].user)
        return password


class EmailVerificationSerializer(serializers.Serializer[Any]):
    """The parts of a mailed link."""

    uid = serializers.CharField(max_length=64)
    token = serializers.CharField(max_length=600)


class EmailChangeSerializer(serializers.Serializer[Any]):
    """A new address, and the caller's own password."""

    email = AddressField(public=True)
    password = OwnPasswordField()


class PasswordResetSerializer(serializers.Serializer[Any]):
    """Where to mail a link to."""

    email = AddressField()


class PasswordResetConfirmSerializer(serializers.Serializer[Any]):
    """The parts of a mailed link, and the new password."""

    uid = serializers.CharField(max_length=64)
    token = serializers.CharField(max_length=128)
    password = NewPasswordField()
