"""Accounts over HTTP: who may do what, and with which status."""

from typing import Any

from django.conf import settings
from django.contrib.auth import authenticate
from django.contrib.auth.models import update_last_login
from django.shortcuts import get_object_or_404
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import generics, status
from rest_framework.exceptions import AuthenticationFailed, ValidationError
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import BaseSerializer
from rest_framework.throttling import BaseThrottle
from rest_framework.views import APIView
from rest_framework_simplejwt.exceptions import InvalidToken

from user import accounts, emails
from user.api.conditional import conditional
from user.api.throttling import (
    PasswordAddressThrottle,
    PasswordThrottle,
    ScopeThrottle,
)
from user.api.validation import validated
from user.api.views import PublicView
from user.login import sessions
from user.login.authentication import current_user
from user.models import User
from user.names import is_reserved
from user.renames import account_named
from user.serializers import (
    EMAIL_TAKEN,
    AccountSerializer,
    AvailabilitySerializer,
    AvailableSerializer,
    EmailChangeSerializer,
    EmailVerificationSerializer,
    LoginSerializer,
    PasswordChangeSerializer,
    PasswordResetConfirmSerializer,
    PasswordResetSerializer,
    PasswordSerializer,
    PublicUserSerializer,
    RefreshSerializer,
    RegistrationSerializer,
    TokenSerializer,
    check_password,
)

# Before everything that hashes.
PASSWORD_THROTTLES: list[type[BaseThrottle]] = [PasswordThrottle, PasswordAddressThrottle]
NATIVE_CLIENT = OpenApiParameter(
    "X-Client",
    str,
    OpenApiParameter.HEADER,
    description="`native`: the refresh token comes in the body and no cookie is set.",
)


def token_response(request: Request, pair: sessions.TokenPair, *, native: bool) -> Response:
    """Hand out tokens: browsers get the refresh token as a cookie that no script can read."""
    headers = {"Cache-Control": "no-store"}
    if native:
        return Response({"access": pair.access, "refresh": pair.refresh}, headers=headers)
    response = Response({"access": pair.access}, headers=headers)
    response.set_cookie(
        settings.REFRESH_COOKIE_NAME,
        pair.refresh,
        max_age=sessions.RefreshToken.lifetime,
        path=settings.REFRESH_COOKIE_PATH,
        secure=settings.COOKIES_SECURE,
        httponly=True,
        samesite="Strict",
    )
    return response


def without_cookie(response: Response) -> Response:
    """The response, which also makes the browser forget the refresh token."""
    response.delete_cookie(
        settings.REFRESH_COOKIE_NAME, path=settings.REFRESH_COOKIE_PATH, samesite="Strict"
    )
    return response


def is_native(request: Request) -> bool:
    """Whether the client keeps its refresh token itself."""
    return request.headers.get("X-Client") == "native"


def user_agent(request: Request) -> str:
    """What the client calls itself, for the list of sessions."""
    return request.headers.get("User-Agent", "")


class RegisterView(PublicView, generics.CreateAPIView[User]):
    """Make an account."""

    throttle_classes = [ScopeThrottle, *PASSWORD_THROTTLES]
    throttle_scope = "register"
    serializer_class = RegistrationSerializer

    def perform_create(self, serializer: BaseSerializer[User]) -> None:
        """Make it, and mail a link that confirms its address where that is asked for."""
        user = serializer.save()
        if settings.EMAIL_VERIFICATION == "required":
            emails.send_verification(user)


class AvailabilityView(PublicView):
    """Whether an e-mail or nickname is still free."""

    throttle_classes = [ScopeThrottle]
    throttle_scope = "availability"

    @extend_schema(parameters=[AvailabilitySerializer], responses=AvailableSerializer)
    def get(self, request: Request) -> Response:
        """Whether the e-mail or nickname is still free; send exactly one of the two."""
        query = validated(AvailabilitySerializer, request)
        if "email" in query:
            taken = User.objects.filter(email=query["email"]).exists()
        else:
            name = query["username"]
            taken = is_reserved(name) or User.objects.with_username(name).exists()
        return Response({"available": not taken})


class TokenView(PublicView):
    """Log in."""

    throttle_classes = PASSWORD_THROTTLES

    @extend_schema(
        request=LoginSerializer, responses={200: TokenSerializer}, parameters=[NATIVE_CLIENT]
    )
    def post(self, request: Request) -> Response:
        """Log in by e-mail. A wrong password and an unknown e-mail get the same 401."""
        login = validated(LoginSerializer, request)
        user = authenticate(request, username=login["email"], password=login["password"])
        if not isinstance(user, User):
            raise AuthenticationFailed(_("이메일이나 비밀번호가 맞지 않아요."))
        update_last_login(User, user)
        pair = sessions.start_session(user, user_agent(request))
        return token_response(request, pair, native=is_native(request))


class RefreshTokenView(PublicView):
    """What needs a refresh token."""

    def refresh_token(self, request: Request) -> tuple[str, bool]:
        """The token, and whether it came in the body. Raises InvalidToken (401) without one."""
        body = validated(RefreshSerializer, request)
        if "refresh" in body:
            return body["refresh"], True
        cookie = request.COOKIES.get(settings.REFRESH_COOKIE_NAME)
        if not cookie:
            raise InvalidToken
        return cookie, False

    def handle_exception(self, exc: Exception) -> Response:
        """A browser whose refresh token is bad forgets it."""
        response = super().handle_exception(exc)
        return without_cookie(response) if isinstance(exc, InvalidToken) else response


class TokenRefreshView(RefreshTokenView):
    """Exchange a refresh token."""

    @extend_schema(request=RefreshSerializer, responses={200: TokenSerializer})
    def post(self, request: Request) -> Response:
        """Exchange the refresh token (cookie, or body for native clients) for its successor.

        Within 10 seconds the same old token gets the same successor; later reuse ends the session.
        """
        raw_token, native = self.refresh_token(request)
        return token_response(request, sessions.rotate_session(raw_token), native=native)


class LogoutView(RefreshTokenView):
    """Log out."""

    @extend_schema(request=RefreshSerializer, responses={204: None})
    def post(self, request: Request) -> Response:
        """Revoke the refresh token (cookie or body) and its whole session."""
        raw_token, _native = self.refresh_token(request)
        sessions.end_session(raw_token)
        return without_cookie(Response(status=status.HTTP_204_NO_CONTENT))


class PasswordChangeView(APIView):
    """Change my password."""

    permission_classes = [IsAuthenticated]
    throttle_classes = PASSWORD_THROTTLES

    @extend_schema(
        request=PasswordChangeSerializer,
        responses={200: TokenSerializer},
        parameters=[NATIVE_CLIENT],
    )
    def post(self, request: Request) -> Response:
        """Change my password. Every session ends; the answer starts a new one for the caller."""
        passwords = validated(PasswordChangeSerializer, request)
        pair = accounts.change_password(
            current_user(request), passwords["new_password"], user_agent(request)
        )
        return token_response(request, pair, native=is_native(request))


class PasswordResetView(PublicView):
    """Forgot the password."""

    throttle_classes = [ScopeThrottle]
    throttle_scope = "password_reset"

    @extend_schema(request=PasswordResetSerializer, responses={204: None})
    def post(self, request: Request) -> Response:
        """Mail a link for a new password. The answer is the same whether the address exists."""
        accounts.request_password_reset(validated(PasswordResetSerializer, request)["email"])
        return Response(status=status.HTTP_204_NO_CONTENT)


class PasswordResetConfirmView(PublicView):
    """Choose a new password by a mailed link."""

    throttle_classes = [ScopeThrottle, *PASSWORD_THROTTLES]
    throttle_scope = "password_reset"

    @extend_schema(request=PasswordResetConfirmSerializer, responses={204: None})
    def post(self, request: Request) -> Response:
        """Set a new password. The link works once, for an hour; every session ends."""
        reset = validated(PasswordResetConfirmSerializer, request)
        user = accounts.user_of_reset_link(reset["uid"], reset["token"])
        if user is None:
            raise ValidationError(
                {"token": _("링크가 만료되었거나 이미 쓴 링크예요.")}, code="link_invalid"
            )
        check_password(reset["password"], user)
        accounts.reset_password(user, reset["password"])
        return Response(status=status.HTTP_204_NO_CONTENT)


class EmailVerifyView(PublicView):
    """Confirm an address."""

    throttle_classes = [ScopeThrottle]
    throttle_scope = "email_verify"

    @extend_schema(request=EmailVerificationSerializer, responses={204: None})
    def post(self, request: Request) -> Response:
        """Confirm the address that a link was mailed to. The link works for three days."""
        link = validated(EmailVerificationSerializer, request)
        try:
            emails.confirm(link["uid"], link["token"])
        except emails.LinkInvalidError:
            raise ValidationError(
                {"token": _("링크가 만료되었거나 더 이상 맞지 않아요.")}, code="link_invalid"
            ) from None
        except emails.EmailTakenError:
            raise ValidationError({"token": EMAIL_TAKEN}, code="unique") from None
        return Response(status=status.HTTP_204_NO_CONTENT)


class EmailResendView(APIView):
    """Ask for the link again."""

    permission_classes = [IsAuthenticated]
    throttle_classes = [ScopeThrottle]
    throttle_scope = "email_send"

    @extend_schema(request=None, responses={204: None})
    def post(self, request: Request) -> Response:
        """Mail the link once more to the address that waits; nothing waits: no mail."""
        emails.send_verification(current_user(request))
        return Response(status=status.HTTP_204_NO_CONTENT)


class EmailChangeView(APIView):
    """Change my address."""

    permission_classes = [IsAuthenticated]
    throttle_classes = [ScopeThrottle, *PASSWORD_THROTTLES]
    throttle_scope = "email_send"

    @extend_schema(request=EmailChangeSerializer, responses={204: None})
    def post(self, request: Request) -> Response:
        """Take a new address; asks for the password.

        It waits as `pending_email` until the link that is mailed there has been opened, and the
        address before is informed; with verification off it is taken at once.
        """
        change = validated(EmailChangeSerializer, request)
        try:
            emails.change_email(current_user(request), change["email"])
        except emails.EmailTakenError:
            raise ValidationError({"email": EMAIL_TAKEN}, code="unique") from None
        return Response(status=status.HTTP_204_NO_CONTENT)


class MeView(generics.RetrieveUpdateAPIView[User]):
    """My account."""

    permission_classes = [IsAuthenticated]
    serializer_class = AccountSerializer
    delete_serializer_class = PasswordSerializer
    http_method_names = ["get", "patch", "delete", "head", "options"]

    def get_object(self) -> User:
        """Me, with what the profile shows, in two queries."""
        return get_object_or_404(
            User.objects.public().prefetch_related("profile__skills"), pk=self.request.user.pk
        )

    def get_throttles(self) -> list[BaseThrottle]:
        """Deleting the account tries a password."""
        own = super().get_throttles()
        if self.request.method != "DELETE":
            return own
        return [*own, *(throttle() for throttle in PASSWORD_THROTTLES)]

    @extend_schema(responses={204: None})
    def delete(self, request: Request) -> Response:
        """Delete my account; asks for the password.

        The profile, pictures, projects and bookmarks go. Comments on other people's projects and
        messages in coffee chats stay for the others, without a name.
        """
        validated(PasswordSerializer, request)
        accounts.delete_account(current_user(request))
        return without_cookie(Response(status=status.HTTP_204_NO_CONTENT))


@conditional
class UserView(PublicView, generics.RetrieveAPIView[User]):
    """A person's public profile."""

    serializer_class = PublicUserSerializer

    def get_object(self) -> User:
        """The person of this nickname, or who had it lately; Http404 also for suspended ones."""
        people = User.objects.public().prefetch_related("profile__skills")
        return get_object_or_404(people, pk=account_named(self.kwargs["username"]))

    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """A person as everybody sees them."""
        response = self.retrieve(request, *args, **kwargs)
        patch_cache_control(response, no_cache=True)
        return response
