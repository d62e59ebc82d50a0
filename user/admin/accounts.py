"""Accounts, profiles, skills, pictures and sessions in the admin."""

from typing import Any

from django.contrib import admin, messages
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.db import transaction
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.translation import gettext as _

from user.accounts import note_new_username
from user.admin.base import ListAdmin, ReadOnlyAdmin, number_of
from user.forms import NewPasswordForm, NewUserForm, UserForm
from user.images.storage import image_url
from user.login.sessions import suspend_users, unsuspend_users
from user.models import FormerUsername, Image, Profile, Session, User

PROFILE_FIELDS = ["description", "image", "github_url", "skills", "meet_time", "region"]
# Whom one lets find and ask oneself is everybody's own matter: shown, not changed.
OWN_CHOICES = ["chat_policy", "discoverable"]


class ProfileInline(admin.StackedInline[Profile, User]):
    """A person's profile on the page of their account."""

    model = Profile
    fields = [*PROFILE_FIELDS, *OWN_CHOICES]
    readonly_fields = OWN_CHOICES
    autocomplete_fields = ["skills"]
    raw_id_fields = ["image"]
    can_delete = False


@admin.register(User)
class UserAdmin(DjangoUserAdmin[User], ListAdmin):
    """Accounts, which log in by e-mail; they are opened and shut by actions only."""

    form = UserForm
    add_form = NewUserForm
    change_password_form = NewPasswordForm
    add_form_template = None  # Django's speaks of a user name to log in with
    inlines = [ProfileInline]
    list_display = ["username", "email", "is_active", "is_staff", "projects", "joined_at"]
    list_filter = [
        *("is_active", "is_staff", "is_superuser", "joined_at", "profile__region"),
        ("email_verified_at", admin.EmptyFieldListFilter),
    ]
    search_fields = ["username", "email"]
    date_hierarchy = "joined_at"
    ordering = ["-id"]
    readonly_fields = [
        *("is_active", "email_verified_at", "pending_email", "joined_at", "last_login"),
        *("language", "time_zone", "terms_version", "terms_agreed_at"),
    ]
    actions = ["suspend", "unsuspend"]
    fieldsets = [
        (None, {"fields": ["email", "username", "password", "language", "time_zone"]}),
        (
            "상태",
            {
                "fields": [
                    *("is_active", "email_verified_at", "pending_email"),
                    *("joined_at", "last_login", "terms_version", "terms_agreed_at"),
                ]
            },
        ),
        ("권한", {"fields": ["is_staff", "is_superuser", "groups", "user_permissions"]}),
    ]
    add_fieldsets = [
        (
            None,
            {"fields": ["email", "username", "usable_password", "password1", "password2"]},
        ),
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[User]:
        """With the number of their projects."""
        return super().get_queryset(request).annotate(project_count=number_of(User, "projects"))

    @admin.display(description="프로젝트")
    def projects(self, user: Any) -> int:
        """How many projects they show."""
        return int(user.project_count)

    def get_inlines(self, request: HttpRequest, obj: User | None) -> list[Any]:
        """The profile comes into being with the account, so it is not on the form for new ones."""
        return self.inlines if obj else []

    def get_readonly_fields(self, request: HttpRequest, obj: User | None = None) -> list[str]:
        """Only superusers hand out rights."""
        fields = [*self.readonly_fields]
        if not _is_superuser(request):
            fields += ["is_staff", "is_superuser", "groups", "user_permissions"]
        return fields

    def has_change_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        """Whether a moderator may change this account: a superuser's only as a superuser."""
        return super().has_change_permission(request, obj) and _may_touch(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        """Whether a moderator may delete this account: a superuser's only as a superuser."""
        return super().has_delete_permission(request, obj) and _may_touch(request, obj)

    def save_model(self, request: HttpRequest, obj: User, form: Any, change: bool) -> None:
        """Write the account; a new one has a profile, and a new nickname is told around."""
        super().save_model(request, obj, form, change)
        if not change:
            Profile.objects.create(user=obj)
        elif "username" in form.changed_data:
            note_new_username(obj, form.initial["username"])

    @admin.action(description="선택한 사용자 정지", permissions=["change"])
    def suspend(self, request: HttpRequest, queryset: QuerySet[User]) -> None:
        """Shut accounts, except the moderator's own and those above them."""
        protected = Q(pk=request.user.pk)
        if not _is_superuser(request):
            protected |= Q(is_superuser=True)
        with transaction.atomic():
            suspended = suspend_users(queryset.exclude(protected))
            self.note(request, suspended, _("정지했어요"))
        if queryset.filter(protected).exists():
            self.message_user(
                request, _("자신과 최고 관리자는 정지할 수 없어요."), messages.WARNING
            )

    @admin.action(description="선택한 사용자 정지 해제", permissions=["change"])
    @transaction.atomic
    def unsuspend(self, request: HttpRequest, queryset: QuerySet[User]) -> None:
        """Open accounts again."""
        if not _is_superuser(request):
            queryset = queryset.filter(is_superuser=False)
        self.note(request, unsuspend_users(queryset), _("정지를 해제했어요"))


@admin.register(Profile)
class ProfileAdmin(ListAdmin):
    """Profiles, which come and go with their accounts."""

    fields = ["user", *PROFILE_FIELDS, *OWN_CHOICES]
    readonly_fields = ["user", *OWN_CHOICES]
    autocomplete_fields = ["skills"]
    raw_id_fields = ["image"]
    list_display = ["user", "region", "meet_time", "github_url", "skills_changed_at"]
    list_filter = ["region", "meet_time", "skills"]
    list_select_related = ["user"]
    search_fields = ["user__username", "user__email", "description"]
    ordering = ["-user"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Never."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Profile | None = None) -> bool:
        """Never alone, because everybody has one; with the account, from the account's page."""
        alone = "user_profile" in str(request.resolver_match and request.resolver_match.url_name)
        return not alone and super().has_delete_permission(request, obj)


@admin.register(Image)
class ImageAdmin(ReadOnlyAdmin):
    """Pictures. They are uploaded over the API and never change."""

    list_display = ["preview", "owner", "kind", "size", "created_at"]
    list_filter = ["kind", "created_at"]
    list_select_related = ["owner"]
    search_fields = ["owner__username", "owner__email", "file"]
    date_hierarchy = "created_at"
    ordering = ["-created_at", "-id"]
    fields = ["preview", "owner", "kind", "size", "file", "card", "created_at"]

    @admin.display(description="이미지")
    def preview(self, image: Image) -> str:
        """The card, small."""
        return format_html(
            '<img src="{}" alt="" height="60" loading="lazy">', image_url(image.card.name)
        )

    @admin.display(description="크기")
    def size(self, image: Image) -> str:
        """Width and height in pixels."""
        return f"{image.width} × {image.height}"


@admin.register(FormerUsername)
class FormerUsernameAdmin(ReadOnlyAdmin):
    """Nicknames that people gave up. Deleting one lets anyone take it."""

    fields = ["username", "user", "until"]
    list_display = ["username", "user", "until"]
    list_select_related = ["user"]
    search_fields = ["username", "user__username", "user__email"]
    ordering = ["-until", "-id"]


@admin.register(Session)
class SessionAdmin(ReadOnlyAdmin):
    """Who is logged in where. Deleting a session logs that device out."""

    fields = ["user", "user_agent", "created_at", "rotated_at", "expires_at"]
    list_display = ["user", "user_agent", "created_at", "rotated_at", "expires_at"]
    list_filter = ["created_at", "expires_at"]
    list_select_related = ["user"]
    search_fields = ["user__username", "user__email"]
    date_hierarchy = "created_at"
    ordering = ["-created_at", "-id"]


def _is_superuser(request: HttpRequest) -> bool:
    return isinstance(request.user, User) and request.user.is_superuser


def _may_touch(request: HttpRequest, user: User | None) -> bool:
    return user is None or not user.is_superuser or _is_superuser(request)
