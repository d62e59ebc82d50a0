"""What people write about themselves, as fields of the API: addresses, nicknames, passwords."""

from typing import Any
from urllib.parse import urlsplit

from django.core.validators import EmailValidator
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from user.api.fields import TextField
from user.constants import MAX_FORMER_USERNAMES, USERNAME_MAX_LENGTH
from user.models import User
from user.names import is_reserved, normal_email

USERNAME_TAKEN = _("이미 쓰고 있는 닉네임이에요.")


class PublicAddressValidator(EmailValidator):
    """An address that mail from elsewhere reaches: neither `u@localhost` nor `u@[127.0.0.1]`."""

    def __init__(self) -> None:
        super().__init__(allowlist=[])

    def validate_domain_part(self, domain_part: str) -> bool:
        """Whether it is a host name with a dot in it."""
        return bool(self.domain_regex.match(domain_part))


class AddressField(serializers.EmailField):
    """An e-mail address in the one form in which it is stored and compared.

    `public` asks for an address that can get mail; logging in takes what accounts have had.
    """

    def __init__(self, *, public: bool = False, **kwargs: Any) -> None:
        super().__init__(max_length=254, **kwargs)
        if public:
            # in place of EmailField's own, which says the same of less
            self.validators[-1] = PublicAddressValidator()

    def to_internal_value(self, data: Any) -> str:
        """The address, trimmed, composed and in lower case."""
        return normal_email(super().to_internal_value(data))


class NicknameField(TextField):
    """A nickname as accounts may have one, whether it is taken or not."""

    def __init__(self, **kwargs: Any) -> None:
        model_field = User._meta.get_field("username")  # noqa: SLF001 - Django's public API
        super().__init__(max_length=USERNAME_MAX_LENGTH, **kwargs)
        self.validators.extend(model_field.validators[:-1])  # the last one is the length again


class UsernameField(NicknameField):
    """A nickname that no other account has or had lately, in any case.

    Codes `unique`, and `too_many_renames` for a user who gave up many of late.
    """

    default_error_messages = {
        "too_many_renames": _("닉네임을 너무 자주 바꿨어요. 나중에 다시 바꿔 주세요."),
    }

    def run_validation(self, data: Any = serializers.empty) -> Any:
        """The nickname. Raises ValidationError when it cannot be had."""
        username = super().run_validation(data)
        user = getattr(self.root, "instance", None)
        if isinstance(user, User) and user.username.lower() == username.lower():
            return username
        holder = User.objects.with_username(username).first()
        if is_reserved(username) or (holder and holder != user):
            raise serializers.ValidationError(USERNAME_TAKEN, code="unique")
        if holder is None and isinstance(user, User):
            former = user.former_usernames.current().count()
            if former >= MAX_FORMER_USERNAMES:
                self.fail("too_many_renames")
        return username


class NewPasswordField(serializers.CharField):
    """A password as it was typed, blanks included."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=128, trim_whitespace=False, write_only=True, **kwargs)


class OwnPasswordField(NewPasswordField):
    """The current user's own password. Code `password_incorrect` when it is not."""

    default_error_messages = {"password_incorrect": _("비밀번호가 맞지 않아요.")}

    def run_validation(self, data: Any = serializers.empty) -> Any:
        """The password, once it proved right; one that is too long is not looked at."""
        password = super().run_validation(data)
        if not self.context["request"].user.check_password(password):
            self.fail("password_incorrect")
        return password


class GitHubURLField(serializers.URLField):
    """A page of GitHub, by https; code `not_github`."""

    HOSTS = ("github.com", "github.io")
    default_error_messages = {
        "not_github": _("https://github.com/ 으로 시작하는 주소를 적어 주세요.")
    }

    def run_validation(self, data: Any = serializers.empty) -> Any:
        """The address; anything that a reader could take for another one is refused."""
        url = super().run_validation(data)
        if url and not self._is_github(url):
            self.fail("not_github")
        return url

    def _is_github(self, url: str) -> bool:
        parts = urlsplit(url)
        host = parts.netloc.lower()  # with a user's name or a port it is no host of theirs
        return (
            url.isascii()
            and url.isprintable()
            and "\\" not in url
            and parts.scheme == "https"
            and any(host == known or host.endswith(f".{known}") for known in self.HOSTS)
        )
