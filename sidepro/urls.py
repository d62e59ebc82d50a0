"""All routes: the API under `/api/v1/`, its documentation, the admin and the pages.

`/healthz`, `/readyz` and `/metrics` are answered before (sidepro/middleware.py).
"""

from django.contrib import admin
from django.urls import include, path, re_path
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerSplitView

from notification.mail import unsubscribe
from sidepro import errors, mailbox, openapi, uploads

urlpatterns = [
    path("api/v1/", include("user.urls")),
    path("api/v1/", include("moderation.urls")),
    path("api/v1/", include("notification.urls")),
    path("api/v1/", include("project.urls")),
    path("api/v1/", include("chat.urls")),
    path("api/v1/", include("ai.urls")),
    path("api/unsubscribe/<str:token>/", unsubscribe.view, name="unsubscribe"),
    path("api/schema/", SpectacularAPIView.as_view(), name="schema"),
    path("api/docs/asyncapi.yaml", openapi.asyncapi, name="asyncapi"),
    path("api/docs/", SpectacularSwaggerSplitView.as_view(), name="docs"),
    path("admin/", admin.site.urls),
    re_path(r"^media/(?P<path>images/[\w-]{1,64}(?:\.card)?\.webp)$", uploads.upload),
    # Whatever else is asked of the machine's part is not there; the rest are pages.
    path("mail/", mailbox.inbox),
    path("mail/<slug:name>/", mailbox.mail),
    re_path(r"^(api|admin|static|media|mail|ws)(/|$)", errors.not_found),
    path("", include("sidepro.pages.urls")),
]

handler400 = errors.bad_request
handler403 = errors.permission_denied
handler404 = errors.not_found
handler500 = errors.server_error
