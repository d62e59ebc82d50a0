"""What is sent to Sentry, and what is not."""

import gzip
import json
import os
import subprocess
import sys
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import brotli
import pytest
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from sidepro.operation import sentry

UNPACK = {"gzip": gzip.decompress, "br": brotli.decompress, None: bytes}
CODE = """
from django.test import Client
from django.urls import get_resolver
from sidepro import urls
import sentry_sdk
def broken(request):
    password = "hunter2"
    raise ValueError("postgres://sidepro:hunter2@db/sidepro")
urls.urlpatterns[0:0] = [urls.path("broken", broken)]
client = Client(raise_request_exception=False, headers={"Authorization": "Bearer hunter2"})
client.cookies["sidepro_refresh"] = "hunter2"
client.post("/broken?email=somebody@example.com", {"password": "hunter2"},
            headers={"X-Request-ID": "nginx-0123456789", "host": "localhost"})
sentry_sdk.flush()
"""


def test_an_error_arrives_with_its_request_id_and_without_secrets(tmp_path):
    bodies = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"]))
            bodies.append(UNPACK[self.headers["Content-Encoding"]](body).decode())
            self.send_response(200)
            self.end_headers()

        def log_message(self, *args):
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    env = os.environ | {
        "SENTRY_DSN": f"http://key@127.0.0.1:{server.server_port}/1",
        "VAR_DIR": str(tmp_path),
    }
    run = subprocess.run(
        [sys.executable, "manage.py", "shell", "-v", "0"],
        input=CODE,
        cwd=settings.BASE_DIR,
        env=env,
        capture_output=True,
        text=True,
    )
    server.shutdown()
    server.server_close()
    assert run.returncode == 0, run.stderr
    (event,) = [
        json.loads(line) for body in bodies for line in body.splitlines() if '"exception"' in line
    ]
    assert event["exception"]["values"][-1]["type"] == "ValueError"
    assert event["tags"]["request_id"] == "nginx-0123456789"
    for secret in ("hunter2", "somebody@example.com"):
        assert secret not in json.dumps(event)


def test_an_address_that_is_none_is_refused_in_a_sentence():
    with pytest.raises(ImproperlyConfigured, match="SENTRY_DSN is no Sentry address"):
        sentry.start("not an address", "production")
