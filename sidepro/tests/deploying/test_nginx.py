"""What Nginx and Django both say has to be the same."""

import re
from pathlib import Path

import pytest
from django.conf import settings

from user.images.views import max_upload_bytes

NGINX = Path(settings.BASE_DIR) / "nginx"


def directives(policy: str) -> dict[str, set[str]]:
    parts = (part.split() for part in policy.split(";") if part.strip())
    return {name: set(values) for name, *values in parts}


@pytest.mark.django_db
def test_pages_from_nginx_carry_the_same_content_security_policy_as_from_django(client):
    served = client.get("/admin/login/").headers["Content-Security-Policy"]
    found = re.search(r'Content-Security-Policy "([^"]+)"', (NGINX / "headers.conf").read_text())
    assert found
    assert directives(found[1]) == directives(served)


def test_nginx_lets_through_just_what_the_api_takes():
    found = re.search(r"client_max_body_size (\d+)k;", (NGINX / "nginx.conf").read_text())
    assert found
    assert int(found[1]) * 1024 == max_upload_bytes()


def test_nginx_has_no_way_to_the_metrics():
    site = (NGINX / "site.conf").read_text()
    assert "location = /metrics { return 404; }" in site


def test_nginx_asks_again_for_the_service_worker_and_calls_the_manifest_what_it_is():
    site = (NGINX / "site.conf").read_text()
    files = re.search(r"^location / \{(.+?)^\}", site, re.DOTALL | re.MULTILINE)
    assert files
    assert "add_header Cache-Control no-cache always;" in files[1]
    assert "try_files $uri @page;" in files[1]
    types = re.search(r"types \{ (.+?) \}", (NGINX / "nginx.conf").read_text())
    assert types
    assert types[1] == "application/manifest+json webmanifest;"
