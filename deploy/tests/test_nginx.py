"""Nginx as the image runs it, in front of a server that only echoes (.ci/check-deployment)."""

import http.server
import os
import shutil
import socket
import ssl
import subprocess
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
import yaml

ROOT = Path(__file__).resolve().parent.parent.parent
NGINX = ROOT / "nginx"
NAME = "sidepro.example"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def make_certificate(folder: Path, days: int) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    command = "openssl req -x509 -newkey rsa:2048 -nodes -keyout privkey.pem -out fullchain.pem"
    subprocess.run(
        [*command.split(), "-days", str(days), "-subj", f"/CN={NAME}"],
        cwd=folder,
        check=True,
        capture_output=True,
    )


class Web(http.server.BaseHTTPRequestHandler):
    """Plays Gunicorn."""

    def do_GET(self) -> None:
        self.send_response(404 if self.path.startswith("/missing") else 200)
        if not self.path.startswith("/api/"):
            self.send_header("Cache-Control", "public, max-age=5")
            self.send_header("Vary", "Accept-Language")
        self.end_headers()
        asked = [self.headers[name] for name in ("Cookie", "Authorization") if name in self.headers]
        self.wfile.write(" ".join(["web", self.path, *asked]).encode())

    do_POST = do_GET  # noqa: N815 - the standard library's name

    def log_message(self, *args: Any) -> None:
        pass


class Site:
    """One Nginx, started by the image's entry point, with its files in a folder of the test's."""

    def __init__(
        self,
        home: Path,
        https_port: str = "443",
        resolver: str = "127.0.0.1",
        web: str = "127.0.0.1",
    ) -> None:
        self.plain, self.tls = free_port(), free_port()
        self.certificates = home / "live"
        self.html = home / "html"
        (self.html / "assets").mkdir(parents=True)
        for end in ("js", "css", "svg"):
            (self.html / "assets" / f"a.{end}").write_text(f"{end} " * 900)
            (self.html / "assets" / f"a.{end}.br").write_bytes(b"brotli")
        (self.html / "assets" / "a.woff2").write_text("font")
        (self.html / "index.html").write_text("the page")
        self.web = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Web)
        threading.Thread(target=self.web.serve_forever, daemon=True).start()
        source = home / "source"
        source.mkdir()
        shutil.copy("/etc/nginx/mime.types", source)
        replaced = {
            "/tmp/": f"{home}/",  # first: the test's folders may lie there
            "RESOLVER": resolver,
            "set $web web:8000": f"set $web {web}:{self.web.server_port}",
            "/usr/share/nginx/html": str(self.html),
            "/dev/stdout": f"{home}/access.log",
            "/dev/stderr": f"{home}/error.log",
        }
        for file in NGINX.glob("*.conf"):
            text = file.read_text()
            for old, new in replaced.items():
                text = text.replace(old, new)
            if file.name == "nginx.conf" and os.geteuid() == 0:
                text = f"user root;\n{text}"  # else its workers may not read the test's folder
            (source / file.name).write_text(text)
        entrypoint = home / "entrypoint"
        text = (NGINX / "entrypoint").read_text()
        for old, new in (("8080", str(self.plain)), ("8443", str(self.tls))):
            text = text.replace(f"listen {old}", f"listen {new}")
        entrypoint.write_text(text)
        self.environment = os.environ | {
            "SERVER_NAME": NAME,
            "HTTPS_PORT": https_port,
            "SOURCE": str(source),
            "CONF": str(home / "conf"),
            "CERTIFICATES": str(self.certificates),
            "CERTIFICATE_SECONDS": "0.2",
            "PATH": f"{os.environ['PATH']}:/usr/sbin",
        }
        self.entrypoint = entrypoint

    def start(self) -> None:
        self.process = subprocess.Popen(
            ["sh", str(self.entrypoint)], env=self.environment, start_new_session=True
        )
        self.until(lambda: self.get("/nginx-health").status_code == 204)

    def stop(self) -> None:
        os.killpg(self.process.pid, 15)
        self.process.wait(10)
        self.web.shutdown()
        self.web.server_close()

    def get(self, path: str, **headers: str) -> httpx.Response:
        return httpx.get(
            f"http://127.0.0.1:{self.plain}{path}",
            headers={"Accept-Encoding": "identity"} | headers,
        )

    def serial(self) -> str:
        """What tells one certificate from another."""
        return ssl.get_server_certificate(("127.0.0.1", self.tls))

    @staticmethod
    def until(holds: Any) -> None:
        for _ in range(100):
            try:
                if holds():
                    return
            except (httpx.HTTPError, OSError):
                pass
            time.sleep(0.1)
        raise AssertionError("not within ten seconds")


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    site = Site(tmp_path)
    yield site
    site.stop()


@pytest.fixture
def secure(tmp_path: Path) -> Iterator[Site]:
    site = Site(tmp_path, https_port="8443")
    make_certificate(site.certificates / NAME, 30)
    site.start()
    yield site
    site.stop()


def test_built_files_are_kept_for_a_year_and_what_is_missing_is_not_kept(site: Site) -> None:
    site.start()
    assert "max-age=31536000" in site.get("/assets/a.js").headers["Cache-Control"]
    missing = site.get("/assets/gone.js")
    assert (missing.status_code, missing.headers["Cache-Control"]) == (404, "no-store")


@pytest.mark.parametrize(
    ("end", "kind"),
    [("js", "application/javascript"), ("css", "text/css"), ("svg", "image/svg+xml")],
)
def test_a_browser_that_knows_brotli_gets_it(site: Site, end: str, kind: str) -> None:
    site.start()
    path = f"http://127.0.0.1:{site.plain}/assets/a.{end}"
    with httpx.stream("GET", path, headers={"Accept-Encoding": "gzip, deflate, br"}) as answer:
        raw = b"".join(answer.iter_raw())
    assert (answer.status_code, raw) == (200, b"brotli")
    assert answer.headers["Content-Type"].startswith(kind)
    assert answer.headers["Content-Encoding"] == "br"
    assert "max-age=31536000" in answer.headers["Cache-Control"]
    assert answer.headers["Content-Security-Policy"]
    plain = site.get(f"/assets/a.{end}", **{"Accept-Encoding": "gzip"})
    assert plain.text.startswith(end)
    assert site.get("/assets/a.woff2", **{"Accept-Encoding": "br"}).text == "font"


def test_under_tls_the_machine_asks_in_the_clear_and_people_are_sent_to_the_port(
    secure: Site,
) -> None:
    assert secure.get("/readyz").text == "web /readyz"
    assert secure.get("/healthz").text == "web /healthz"
    sent = secure.get("/projects?page=2")
    assert sent.status_code == 308
    assert sent.headers["Location"] == f"https://{NAME}:8443/projects?page=2"
    assert secure.get("/metrics").status_code == 308


def test_a_renewed_certificate_is_loaded_by_itself(secure: Site) -> None:
    before = secure.serial()
    make_certificate(secure.certificates / NAME, 90)
    secure.until(lambda: secure.serial() != before)


@pytest.mark.parametrize("path", ["/", "/projects", "/projects/7", "/login"])
def test_pages_come_from_django_kept_for_a_moment_and_without_it_from_the_build(
    site: Site, path: str
) -> None:
    site.start()
    assert site.get("/owl.txt").text == "web /owl.txt"
    page = site.get(path, **{"Cookie": "a=1", "Authorization": "Bearer x", "Accept-Language": "en"})
    assert page.text == f"web {path}"
    assert "Vary" not in page.headers
    assert site.get("/missing").status_code == 404
    site.web.shutdown()
    site.web.server_close()
    assert site.get(path, **{"Accept-Language": "ko"}).text == f"web {path}"  # kept
    away = site.get(f"{path}?not=kept")
    assert (away.status_code, away.text) == (200, "the page")
    assert away.headers["Content-Security-Policy"]
    assert away.headers["Cache-Control"] == "no-cache"


def test_what_machines_ask_for_is_no_page_when_django_is_away(site: Site) -> None:
    site.start()
    for path in ("/robots.txt", "/users/owl/feed.xml", "/sitemap-projects.xml", "/og/7-1.png"):
        assert site.get(path).text == f"web {path}"
    site.web.shutdown()
    site.web.server_close()
    assert site.get("/feed.xml").status_code == 502


def test_the_first_certificate_is_loaded_by_itself(site: Site) -> None:
    site.start()
    assert site.get("/projects").text == "web /projects"
    make_certificate(site.certificates / NAME, 90)
    site.until(lambda: site.get("/projects").status_code == 308)
    assert site.get("/projects").headers["Location"] == f"https://{NAME}/projects"


def test_certbot_renews_again_and_again_also_after_it_failed(secure: Site, tmp_path: Path) -> None:
    compose = yaml.safe_load((ROOT / "docker-compose.yaml").read_text())
    (loop,) = compose["services"]["certbot"]["command"]
    programs, calls, new = tmp_path / "bin", tmp_path / "calls", tmp_path / "new"
    live = secure.certificates / NAME
    programs.mkdir()
    fakes = {  # it fails at first, then puts a new certificate where the old one was
        "certbot": f'echo "$@" >>{calls}; [ $(wc -l <{calls}) = 1 ] && exit 1; cp {new}/* {live}',
        "sleep": f'echo "sleep $1" >>{calls}.sleeps; exec /bin/sleep 0.5',
    }
    for name, line in fakes.items():
        (programs / name).write_text(f"#!/bin/sh\n{line}\n")
        (programs / name).chmod(0o755)
    make_certificate(new, 90)
    before = secure.serial()
    looping = subprocess.Popen(
        ["sh", "-c", loop.replace("$$", "$")],
        env={"PATH": f"{programs}:{os.environ['PATH']}"},
        start_new_session=True,
    )
    try:
        secure.until(lambda: secure.serial() != before)
    finally:
        os.killpg(looping.pid, 15)
        looping.wait(10)
    assert calls.read_text().splitlines()[0].startswith("renew --webroot -w /var/www/challenges ")
    twice_a_day = f"sleep {12 * 60 * 60}"
    assert set((tmp_path / "calls.sleeps").read_text().splitlines()) == {twice_a_day}


def test_a_replica_that_does_not_listen_yet_gets_no_request(tmp_path: Path) -> None:
    """A name leads to a container from its first moment on; Gunicorn listens when it has loaded."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as names:
        names.bind(("127.0.0.1", 0))
        resolver = f"127.0.0.1:{names.getsockname()[1]}"
        booting, ready = "127.0.0.9", "127.0.0.1"
        answering = threading.Thread(target=answer_names, args=(names, booting, ready), daemon=True)
        answering.start()
        site = Site(tmp_path, resolver=resolver, web="web")
        site.start()
        try:
            assert [site.get(f"/api/{n}").text for n in range(20)] == [
                f"web /api/{n}" for n in range(20)
            ]
            posted = httpx.post(f"http://127.0.0.1:{site.plain}/api/", content=b"{}")
            assert posted.status_code == 200
        finally:
            site.stop()
            names.sendto(b"", names.getsockname())
            answering.join()
    upstreams = (tmp_path / "access.log").read_text()
    assert booting in upstreams, "it was not even tried"


def answer_names(names: socket.socket, *addresses: str) -> None:
    """Play Docker's name server: every name leads to these addresses. An empty question ends it."""
    while question := names.recvfrom(512):
        asked, sender = question
        if not asked:
            return
        header = asked[:2] + b"\x81\x80\0\1" + len(addresses).to_bytes(2) + b"\0\0\0\0"
        answers = (b"\xc0\x0c\0\1\0\1\0\0\0\1\0\4" + socket.inet_aton(one) for one in addresses)
        names.sendto(header + asked[12:] + b"".join(answers), sender)


def test_a_certificate_that_is_damaged_leaves_the_one_before(secure: Site) -> None:
    before = secure.serial()
    (secure.certificates / NAME / "fullchain.pem").write_text("half a cert")
    time.sleep(1)
    assert secure.serial() == before


def test_a_server_name_that_is_none_is_refused_in_a_sentence() -> None:
    run = subprocess.run(
        ["sh", str(NGINX / "entrypoint"), "render"],
        env={"SERVER_NAME": "https://sidepro.example", "PATH": os.environ["PATH"]},
        capture_output=True,
        text=True,
    )
    assert run.returncode == 1
    assert run.stderr.startswith("SERVER_NAME: ")
