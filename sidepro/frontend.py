"""The built front end, as the embedded server gives it out (Nginx or S3 in production).

WhiteNoise serves the files; here is what answers the addresses that only the front end knows.
"""

from django.conf import settings
from django.http import FileResponse, HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe


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
