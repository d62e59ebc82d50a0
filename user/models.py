"""Accounts, profiles, skills, uploaded images and log-in sessions."""

import uuid
from datetime import datetime
from functools import cache
from typing import Any, ClassVar
from zoneinfo import available_timezones

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.core.exceptions import ValidationError
from django.core.validators import MinLengthValidator, RegexValidator
from django.db import models, transaction
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from user.constants import (
    DESCRIPTION_MAX_LENGTH,
    TIME_ZONE_MAX_LENGTH,
    USERNAME_MAX_LENGTH,
    USERNAME_MIN_LENGTH,
    USERNAME_PATTERN,
    ChatPolicy,
    ImageKind,
    Language,
    MeetTime,
    Region,
)
from user.names import normal_email
from user.renames import FormerUsername as FormerUsername
from user.renames import account_named
from user.skills.models import Skill as Skill
from user.skills.models import SkillName as SkillName
from user.skills.models import SkillSuggestion as SkillSuggestion
from user.text import composed


def validate_time_zone(name: str) -> None:
    """Raise ValidationError unless the name is one of the IANA time zones, e.g. `Asia/Seoul`."""
    if name not in available_time_zones():
        raise ValidationError(_("없는 시간대예요."), code="time_zone_unknown")


@cache
def available_time_zones() -> frozenset[str]:
    """The IANA names; kept, because looking them up reads the whole zone folder."""
    return frozenset(available_timezones())


class UserManager(BaseUserManager["User"]):
    """Makes accounts; every account has a profile from its first moment."""

    @transaction.atomic
    def create_user(self, email: str, username: str, password: str | None, **extra: Any) -> "User":
        """Create an account with an empty profile.

        Raises IntegrityError when the e-mail or nickname is taken (in any case).
        """
        user = self.model(email=normal_email(email), username=username, **extra)
        user.set_password(password)
        user.save(using=self._db)
        Profile.objects.create(user=user)
        return user

    def create_superuser(
        self, email: str, username: str, password: str | None, **extra: Any
    ) -> "User":
        """Create an account that may do everything in the admin, with a confirmed address."""
        extra.setdefault("email_verified_at", timezone.now())
        return self.create_user(
            email, username, password, is_staff=True, is_superuser=True, **extra
        )

    def get_by_natural_key(self, username: str | None) -> "User":
        """The account that logs in with this e-mail, in any case."""
        return self.get(email=normal_email(username or ""))

    def with_username(self, username: str) -> models.QuerySet["User"]:
        """The account that has this nickname or else had it lately, in any case (by indexes)."""
        return self.filter(pk=account_named(username))

    def public(self) -> models.QuerySet["User"]:
        """The people everybody may see: those who are not suspended, with profile and picture."""
        return self.filter(is_active=True).select_related("profile__image")


class User(AbstractBaseUser, PermissionsMixin):
    """A person with an account. The e-mail is private, the nickname (`username`) public."""

    email = models.EmailField(_("이메일"), unique=True)
    email_verified_at = models.DateTimeField("이메일 확인", null=True, blank=True, editable=False)
    # A new address, which takes the place of `email` once its owner has confirmed it.
    pending_email = models.EmailField(
        "확인을 기다리는 이메일", blank=True, default="", db_default="", editable=False
    )
    username = models.CharField(
        _("닉네임"),
        max_length=USERNAME_MAX_LENGTH,
        validators=[
            MinLengthValidator(USERNAME_MIN_LENGTH),
            RegexValidator(
                rf"\A{USERNAME_PATTERN}\Z",
                _("닉네임에는 한글, 영문, 숫자와 _ . - 만 쓸 수 있어요."),
            ),
        ],
    )
    is_active = models.BooleanField(
        "활성", default=True, help_text="정지된 사용자는 로그인할 수 없고 공개되지 않습니다."
    )
    is_staff = models.BooleanField("운영자", default=False)
    joined_at = models.DateTimeField("가입일", default=timezone.now, editable=False)
    language = models.CharField(
        "언어",
        max_length=2,
        choices=Language,
        default=Language.KOREAN,
        db_default=Language.KOREAN.value,
    )
    time_zone = models.CharField(
        "시간대",
        max_length=TIME_ZONE_MAX_LENGTH,
        default=settings.TIME_ZONE,
        db_default=settings.TIME_ZONE,
    )

    # Which terms were agreed to, by their date, and when; none where a client did not ask.
    terms_version = models.DateField("동의한 약관", null=True, blank=True, editable=False)
    terms_agreed_at = models.DateTimeField("약관 동의", null=True, blank=True, editable=False)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["username"]

    objects: ClassVar[UserManager] = UserManager()
    profile: "Profile"

    class Meta:
        verbose_name = verbose_name_plural = "사용자"
        indexes = [
            # counting comments asks for each author whether they are among these few
            models.Index(fields=["id"], condition=models.Q(is_active=False), name="user_suspended"),
            # the list of people, who joined last first
            models.Index(
                models.F("joined_at").desc(),
                models.F("id").desc(),
                condition=models.Q(is_active=True),
                name="user_newest",
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                Lower("username"),
                name="user_username_unique_any_case",
                violation_error_message=_("이미 쓰고 있는 닉네임이에요."),
            ),
            models.CheckConstraint(
                condition=models.Q(email=Lower("email")), name="user_email_lowercase"
            ),
            models.CheckConstraint(
                condition=models.Q(pending_email=Lower("pending_email")),
                name="user_pending_email_lowercase",
            ),
            models.CheckConstraint(
                condition=models.Q(language__in=Language.values), name="user_language_known"
            ),
            models.CheckConstraint(
                condition=~models.Q(time_zone=""), name="user_time_zone_not_empty"
            ),
        ]

    def __str__(self) -> str:
        return self.username

    @property
    def email_verified(self) -> bool:
        """Whether the owner of the address has confirmed it."""
        return self.email_verified_at is not None

    def clean(self) -> None:
        """Keep the e-mail in its one form, so that it is unique however it is typed."""
        self.email = normal_email(self.email)

    def set_password(self, raw_password: str | None) -> None:
        """Set a password that is the same however a keyboard composes it."""
        super().set_password(composed(raw_password) if raw_password else raw_password)

    def check_password(self, raw_password: str | None) -> bool:
        """Whether it is the password, as it is composed or as it came (older ones were kept so)."""
        as_composed = composed(raw_password or "")
        if super().check_password(as_composed):
            return True
        return (raw_password or "") != as_composed and super().check_password(raw_password)


class Image(models.Model):
    """An uploaded picture in two sizes. Removed after a day in which nothing refers to it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    owner = models.ForeignKey(
        "user.User", models.CASCADE, related_name="images", verbose_name="올린 사람"
    )
    kind = models.CharField("용도", max_length=10, choices=ImageKind)
    file = models.FileField("원본 크기", max_length=100)
    card = models.FileField("카드 크기", max_length=100)
    width = models.PositiveIntegerField("너비")
    height = models.PositiveIntegerField("높이")
    created_at = models.DateTimeField("올린 때", default=timezone.now, editable=False)

    class Meta:
        verbose_name = verbose_name_plural = "이미지"
        indexes = [
            # the clean-up job looks for old images without references
            models.Index(fields=["created_at"], name="user_image_created_at"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["file"], name="user_image_file_unique"),
        ]

    def __str__(self) -> str:
        return self.file.name or str(self.id)


class Profile(models.Model):
    """What a person shows of themselves. Its key is the user's."""

    user = models.OneToOneField(
        User, models.CASCADE, primary_key=True, related_name="profile", verbose_name="사용자"
    )
    description = models.TextField("소개", blank=True, max_length=DESCRIPTION_MAX_LENGTH)
    image = models.ForeignKey(
        Image, models.SET_NULL, null=True, blank=True, related_name="profiles", verbose_name="사진"
    )
    github_url = models.URLField("GitHub", blank=True)
    skills = models.ManyToManyField(
        Skill, blank=True, related_name="profiles", verbose_name="기술 스택"
    )
    meet_time = models.CharField("선호 시간", max_length=10, choices=MeetTime, blank=True)
    region = models.CharField("활동 지역", max_length=10, choices=Region, blank=True)
    chat_policy = models.CharField(
        "커피챗",
        max_length=10,
        choices=ChatPolicy,
        default=ChatPolicy.REQUEST,
        db_default=ChatPolicy.REQUEST.value,
    )
    discoverable = models.BooleanField(
        "찾을 수 있음",
        default=True,
        db_default=True,
        help_text="사람 찾기와 추천에 나타납니다.",
    )
    # The similarity job asks for the profiles whose skills changed since its last run.
    skills_changed_at = models.DateTimeField(
        "기술 스택 변경", default=timezone.now, editable=False, db_index=True
    )

    class Meta:
        verbose_name = verbose_name_plural = "프로필"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(meet_time__in=["", *MeetTime.values]),
                name="user_profile_meet_time_known",
            ),
            models.CheckConstraint(
                condition=models.Q(region__in=["", *Region.values]),
                name="user_profile_region_known",
            ),
            models.CheckConstraint(
                condition=models.Q(chat_policy__in=ChatPolicy.values),
                name="user_profile_chat_policy_known",
            ),
        ]

    def __str__(self) -> str:
        return str(self.user)


class SessionQuerySet(models.QuerySet["Session"]):
    """Queries over log-in sessions."""

    def live(self, now: datetime) -> "SessionQuerySet":
        """The sessions that have not expired."""
        return self.filter(expires_at__gt=now)


class Session(models.Model):
    """One log-in on one device: a family of refresh tokens, of which only the newest is valid.

    Deleting the row revokes the family.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(User, models.CASCADE, related_name="sessions", verbose_name="사용자")
    token_id = models.UUIDField(default=uuid.uuid4)
    # The token before, accepted for a moment after the rotation.
    previous_token_id = models.UUIDField(null=True)
    created_at = models.DateTimeField("로그인", default=timezone.now)
    rotated_at = models.DateTimeField("마지막 갱신", default=timezone.now)
    expires_at = models.DateTimeField("만료", db_index=True)
    user_agent = models.CharField("기기", max_length=200, blank=True)

    objects = SessionQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "로그인 세션"

    def __str__(self) -> str:
        return f"{self.user} ({self.created_at:%Y-%m-%d %H:%M})"
