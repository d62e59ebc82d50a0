"""Forms of the admin for accounts that log in by e-mail."""

from typing import Any, ClassVar, cast

from django import forms
from django.contrib.admin.forms import AdminAuthenticationForm
from django.contrib.admin.forms import AdminPasswordChangeForm as OwnPasswordChangeForm
from django.contrib.auth.forms import (
    AdminPasswordChangeForm,
    AdminUserCreationForm,
    UserChangeForm,
)
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from user.api.throttling import AdminPasswordThrottle, PasswordAddressThrottle
from user.fields import USERNAME_TAKEN
from user.login.sessions import end_all_sessions
from user.models import User

TOO_MANY_ATTEMPTS = _("로그인을 너무 많이 시도했어요. 잠시 후 다시 시도해 주세요.")


class FreeUsernameMixin:
    """A form whose nickname no other user has or had lately."""

    cleaned_data: dict[str, Any]
    instance: User

    def clean_username(self) -> str:
        """The nickname. Raises ValidationError where it is another user's."""
        username: str = self.cleaned_data["username"]
        if User.objects.with_username(username).exclude(pk=self.instance.pk).exists():
            raise ValidationError(USERNAME_TAKEN, code="unique")
        return username


class NewUserForm(FreeUsernameMixin, AdminUserCreationForm[User]):
    """A new account, made by a moderator."""

    class Meta(AdminUserCreationForm.Meta):
        model = User
        fields = ("email", "username")
        field_classes: ClassVar[
            dict[str, type[forms.Field]]
        ] = {}  # `username` is the nickname here


class UserForm(FreeUsernameMixin, UserChangeForm[User]):
    """An account, as a moderator changes it."""

    class Meta(UserChangeForm.Meta):
        model = User
        field_classes: ClassVar[dict[str, type[forms.Field]]] = {}


class NewPasswordForm(AdminPasswordChangeForm):  # type: ignore[type-arg]
    """A new password for a user: anyone who was logged in as them no longer is."""

    @transaction.atomic
    def save(self, commit: bool = True) -> User:
        """Write the password and end the account's sessions."""
        user: User = super().save(commit)
        end_all_sessions(user)
        return user


class NewOwnPasswordForm(OwnPasswordChangeForm):
    """A moderator's new password for themselves: their sessions in the API end."""

    @transaction.atomic
    def save(self, commit: bool = True) -> User:
        """Write the password and end the account's sessions."""
        user: User = super().save(commit)
        end_all_sessions(user)
        return user


class AdminLoginForm(AdminAuthenticationForm):
    """Logging in to the admin, by e-mail; as few attempts as the API allows."""

    def clean(self) -> dict[str, Any]:
        """Check the limits before the password. Raises ValidationError."""
        for throttle in (AdminPasswordThrottle(), PasswordAddressThrottle()):
            if not throttle.allow_request(cast(Any, self.request), cast(Any, None)):
                raise ValidationError(TOO_MANY_ATTEMPTS, code="throttled")
        return super().clean()
