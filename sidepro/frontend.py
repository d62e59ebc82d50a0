"""What Nginx and S3 serve in production, for the embedded server: the front end and uploads.

WhiteNoise serves the built files; here is what answers the addresses that only the front end knows.
"""

from django.conf import settings
from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.cache import cache_control
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe
from django.views.static import serve


@csrf_exempt  # so that whoever posts here is told that it is for reading
@require_safe
def page(request: HttpRequest) -> HttpResponse | FileResponse:
    """The front end's one HTML page, which finds its screen by the address."""
    index = settings.FRONTEND_DIR / "index.html"
    if not index.is_file():
        return HttpResponse(
            "The front end is not built: run `npm ci && npm run build` in frontend/.\n"
            "API: /api/docs/",
            content_type="text/plain; charset=utf-8",
            status=404,
        )
    return FileResponse(index.open("rb"), headers={"Cache-Control": "no-cache"})


@csrf_exempt
@require_safe
@cache_control(public=True, max_age=31536000, immutable=True)  # a random name, never used again
def upload(request: HttpRequest, path: str) -> HttpResponseBase:
    """A stored picture, from the local folder. Raises Http404."""
    return serve(request, path, document_root=str(settings.MEDIA_ROOT))
