"""What S3 serves in production, for the embedded server: uploads (built files: WhiteNoise)."""

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.cache import cache_control
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe
from django.views.static import serve


@csrf_exempt
@require_safe
@cache_control(public=True, max_age=31536000, immutable=True)  # a random name, never used again
def upload(request: HttpRequest, path: str) -> HttpResponseBase:
    """A stored picture, from the local folder. Raises Http404."""
    return serve(request, path, document_root=str(settings.MEDIA_ROOT))
