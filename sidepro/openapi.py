"""How drf-spectacular documents the API: one error shape, on each status an operation may give."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import conditional_page, require_safe
from drf_spectacular.contrib.rest_framework_simplejwt import SimpleJWTScheme
from drf_spectacular.openapi import AutoSchema as SpectacularAutoSchema
from drf_spectacular.utils import Direction
from rest_framework import serializers
from rest_framework.throttling import BaseThrottle

from user.api.throttling import SearchThrottle, WriteThrottle

# What the operations are about, in the order of the documentation.
TAGS = {
    "auth": "Accounts, log-in, addresses and passwords",
    "users": "People, their profiles, follows and blocks",
    "projects": "The board: projects, bookmarks, comments",
    "drafts": "What I write and have not published",
    "images": "Uploading pictures",
    "markdown": "How a text will look",
    "comments": "Changing and deleting comments",
    "rooms": "Coffee chats over HTTP; what is said goes through the sockets",
    "recommendations": "Projects and people for me",
    "notifications": "What I am told, and how",
    "skills": "Technologies",
    "follows": "Whom and what I follow",
    "blocks": "Whom I have blocked",
    "reports": "Telling the moderators",
}
# What a client may send, by the names of the schema's components.
EXAMPLES: dict[str, dict[str, Any]] = {
    "RegistrationRequest": {
        "email": "owl@example.com",
        "username": "nightowl",
        "password": "an owl that works at night 42",
    },
    "LoginRequest": {"email": "owl@example.com", "password": "an owl that works at night 42"},
    "ProjectRequest": {
        "title": "Night owl chat",
        "summary": "Real-time chat for those who work at night",
        "content": "# Why it was made",
        "stage": "building",
        "github_url": "https://github.com/owl/chat",
        "skills": ["Django", "Redis"],
    },
    "CommentRequest": {"body": "Well done. @nightowl, when is the next release?"},
}


def describe(result: dict[str, Any], **kwargs: Any) -> dict[str, Any]:
    """Add `TAGS` and `EXAMPLES` to the schema (a hook of drf-spectacular)."""
    result["tags"] = [{"name": name, "description": text} for name, text in TAGS.items()]
    for name, example in EXAMPLES.items():
        result["components"]["schemas"][name]["example"] = example
    return result


class AccessTokenScheme(SimpleJWTScheme):  # type: ignore[no-untyped-call]
    """`Authorization: Bearer <access token>`."""

    target_class = "user.login.authentication.AccessTokenAuthentication"


@require_safe
@conditional_page
@cache_control(public=True, max_age=300)
def asyncapi(request: HttpRequest) -> HttpResponse:
    """The sockets' frames as AsyncAPI 3 (chat/asyncapi.yaml)."""
    text = (settings.BASE_DIR / "chat" / "asyncapi.yaml").read_text("utf-8")
    return HttpResponse(text, content_type="application/yaml; charset=utf-8")


class ErrorSerializer(serializers.Serializer[Any]):
    """One thing that is wrong."""

    code = serializers.CharField(help_text="For programs: stable, in English.")
    detail = serializers.CharField(help_text="For people.")
    attr = serializers.CharField(allow_null=True, help_text="The field, as `a.b` when nested.")


class ErrorResponseSerializer(serializers.Serializer[Any]):
    """Every error of the API."""

    type = serializers.ChoiceField(choices=["validation_error", "client_error", "server_error"])
    errors = ErrorSerializer(many=True)  # type: ignore[assignment]


class AutoSchema(SpectacularAutoSchema):
    """Adds the error responses, and bodies of DELETE where a view declares one.

    A view that gives another error declares it with a body of None.
    """

    def _get_response_bodies(self, direction: Direction = "response") -> dict[str, Any]:
        responses: dict[str, Any] = super()._get_response_bodies(direction)
        declared = [status for status in responses if status >= "400"]
        for status in (*self._error_statuses(), *declared):
            if "content" not in responses.get(status, {}):
                responses[status] = self._get_response_for_code(  # type: ignore[no-untyped-call]
                    ErrorResponseSerializer, status
                )
        return responses

    def _error_statuses(self) -> list[str]:
        """The errors that a client of this operation can meet."""
        has_body = self._get_request_body() is not None
        may = {
            "400": has_body or bool(self._get_parameters()),
            "401": bool(self.get_auth()) or "auth/" in self.path,
            "403": self.method != "GET" and "{id}" in self.path,
            "404": "{" in self.path,
            "406": True,
            "413": has_body,
            "415": has_body,
            "429": any(self._may_refuse(throttle) for throttle in self.view.get_throttles()),
            "503": True,
        }
        return [status for status, possible in may.items() if possible]

    def _may_refuse(self, throttle: BaseThrottle) -> bool:
        """Whether a throttle counts this operation's requests."""
        reads = self.method == "GET"
        if isinstance(throttle, SearchThrottle):
            return reads and any(field["name"] == "search" for field in self._get_parameters())
        return not (reads and isinstance(throttle, WriteThrottle))

    def _get_request_body(self, direction: Direction = "request") -> dict[str, Any] | None:
        if self.method != "DELETE":
            body: dict[str, Any] | None = super()._get_request_body(  # type: ignore[no-untyped-call]
                direction
            )
            return body
        serializer_class = getattr(self.view, "delete_serializer_class", None)
        if serializer_class is None:
            return None
        schema = self.resolve_serializer(serializer_class(), direction).ref
        return {"content": {"application/json": {"schema": schema}}, "required": True}
