"""The files of the site that browsers ask for by fixed names, as the embedded server gives them."""

import json
from pathlib import Path

import pytest
from django.conf import settings
from django.http import HttpResponse
from django.test import RequestFactory
from PIL import Image
from pytest_django import Settings
from whitenoise.middleware import WhiteNoiseMiddleware  # type: ignore[import-untyped]

PUBLIC = Path(settings.BASE_DIR) / "frontend" / "public"
MANIFEST = json.loads((PUBLIC / "site.webmanifest").read_text())


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("sw.js", "text/javascript"),
        ("offline.html", "text/html"),
        ("site.webmanifest", "application/manifest+json"),
        ("icons/192.png", "image/png"),
        ("favicon.ico", "image/"),
    ],
)
@pytest.mark.django_db  # an answer that is closed looks at the connections
def test_a_new_version_is_seen_within_a_minute(name: str, kind: str, settings: Settings) -> None:
    settings.DEBUG = False
    settings.WHITENOISE_ROOT = PUBLIC
    server = WhiteNoiseMiddleware(lambda _: HttpResponse(status=404))
    answer = server(RequestFactory().get(f"/{name}"))
    answer.close()
    assert answer.status_code == 200
    assert answer.headers["Content-Type"].startswith(kind)
    assert answer.headers["Cache-Control"] == "max-age=60, public"


def test_the_manifest_names_icons_that_are_there_in_the_sizes_it_says() -> None:
    pictures = [icon for icon in MANIFEST["icons"] if icon["type"] == "image/png"]
    for icon in pictures:
        with Image.open(PUBLIC / icon["src"].lstrip("/")) as image:
            width, height = image.size
            assert (image.format, f"{width}x{height}") == ("PNG", icon["sizes"])
    for purpose in ("any", "maskable"):
        sizes = {icon["sizes"] for icon in pictures if icon.get("purpose", "any") == purpose}
        assert sizes == {"192x192", "512x512"}


def test_the_icon_under_the_oldest_name_is_a_picture() -> None:
    with Image.open(PUBLIC / "favicon.ico") as image:
        assert (image.format, image.size) == ("ICO", (48, 48))
        image.load()


def test_the_icon_of_a_phones_home_screen_has_no_holes() -> None:
    with Image.open(PUBLIC / "apple-touch-icon.png") as image:
        assert image.size == (180, 180)
        assert image.convert("RGBA").getchannel("A").getextrema() == (255, 255)
