"""Uploaded files in embedded mode, from the local folder (S3 serves them in production)."""

from pathlib import Path

from django.conf import settings
from django.core.exceptions import SuspiciousFileOperation
from django.http import Http404, HttpRequest, HttpResponse
from django.utils._os import safe_join
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe


@csrf_exempt  # so that whoever posts here is told that it is for reading
@require_safe
def file(request: HttpRequest, name: str) -> HttpResponse:
    """A stored picture; its random name never gets another content. Raises Http404."""
    try:
        content = Path(safe_join(settings.MEDIA_ROOT, name)).read_bytes()
    except (SuspiciousFileOperation, OSError, ValueError) as error:
        raise Http404 from error
    return HttpResponse(
        content,
        content_type="image/webp",
        headers={
            "Cache-Control": "public, max-age=31536000, immutable",
            "X-Content-Type-Options": "nosniff",
        },
    )
