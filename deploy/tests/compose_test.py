"""Runs the real compose file and uses the site through Nginx only: `make compose-test`.

Prints what it saw, and ends with an error at the first thing that is wrong. `python -m
deploy.tests.compose_test --keep` leaves the containers, `--running clock` then runs that alone.
"""

import argparse
import io
import secrets
import socket
import ssl
import time
from collections.abc import Callable
from functools import partial

import httpx
from PIL import Image

from deploy.tests import clock, drills, full_disk
from deploy.tests.containers import (
    ENGINE,
    LIST_BUCKET,
    MAKE_BUCKET,
    PORT,
    SITE,
    WORK,
    Person,
    containers,
    in_s3,
    remove,
    run,
    say,
    start,
    until,
)

People = tuple[Person, Person]


def meet() -> tuple[People, str]:
    """Two people and their room."""
    mina, jun = Person("mina", ["Python", "Django"]), Person("jun", ["Python", "Django", "Redis"])
    request = {"partner": mina.name, "message": "커피 한잔해요"}
    room = jun.post("rooms/", json=request).raise_for_status().json()["id"]
    mina.post(f"rooms/{room}/accept/").raise_for_status()
    return (mina, jun), room


def use(people: People) -> None:
    """The site, a post with a picture, a search, recommendations."""
    mina, jun = people
    page = httpx.get(f"{SITE}/projects")
    assert page.status_code == 200
    assert "SidePro" in page.text
    assert "script-src 'self'" in page.headers["Content-Security-Policy"]
    assert page.headers["X-Frame-Options"] == "DENY"
    assert "max-age=5" in page.headers["Cache-Control"]
    script = page.text.split('src="/assets/')[1].split('"')[0]
    assert "immutable" in httpx.get(f"{SITE}/assets/{script}").headers["Cache-Control"]
    assert httpx.get(f"{SITE}/metrics").status_code == 404
    say("the site, its headers, and no metrics")

    picture = io.BytesIO()
    Image.new("RGB", (640, 360), "navy").save(picture, "PNG")
    files = {"image": ("a.png", picture.getvalue(), "image/png")}
    image = mina.post("images/", files=files, data={"kind": "project"}).raise_for_status().json()
    body = {"title": f"부엉이 {mina.name}", "thumbnail": image["url"], "skills": ["Django"]}
    project = mina.post("projects/", json=body).raise_for_status().json()
    assert int(in_s3(LIST_BUCKET)) == 2
    found = jun.get("projects/", params={"search": mina.name, "skills": "Django"}).json()["results"]
    assert [one["id"] for one in found] == [project["id"]]
    large = jun.post("images/", files={"image": ("b.png", b"0" * 6_000_000, "image/png")})
    assert large.status_code == 413
    assert large.json()["errors"][0]["code"] == "payload_too_large"
    say("a post with a picture in the bucket, found by text and stack; 6 MB refused with 413")

    def similar() -> bool:
        answer = jun.get("recommendations/").json()
        return answer["generated_at"] and "similar_stack" in answer["source"]

    until("recommendations from the cron job's files", 200, similar)
    say("recommendations from the cron job's CSV files")


def recover(person: Person) -> None:
    """Services go and come back; what depends on them says so and needs no restart."""
    picture = io.BytesIO()
    Image.new("RGB", (64, 64), "navy").save(picture, "PNG")

    def board() -> httpx.Response:
        return person.get("projects/", params={"search": secrets.token_hex(4)})

    def upload() -> httpx.Response:
        files = {"image": ("a.png", picture.getvalue(), "image/png")}
        return person.post("images/", files=files, data={"kind": "project"})

    for service, ask, expected in (("redis", board, 200), ("s3", upload, 503), ("db", board, 503)):
        names = containers(service)
        run(ENGINE, "stop", "-t", "10", *names)
        answer = ask()
        assert answer.status_code == expected, f"without {service}: {answer.status_code}"
        if expected == 503:
            assert answer.json()["errors"][0]["code"] == "service_unavailable", answer.text
        run(ENGINE, "start", *names)
        if service == "s3":  # it keeps nothing
            time.sleep(5)
            in_s3(MAKE_BUCKET)
        until(f"{service} is back", 60, partial(succeeds, ask))
        until("/readyz", 60, lambda: httpx.get(f"{SITE}/readyz").status_code == 200)
        say(f"{service} stopped: {expected} expected, and all is well again without a restart")


def succeeds(ask: Callable[[], httpx.Response]) -> bool:
    """Whether a request is answered as it should be."""
    return ask().is_success


def use_tls() -> None:
    """With a certificate in its place, plain HTTP leads to HTTPS, which speaks HTTP/2."""
    folder = WORK / "certificate"
    folder.mkdir(exist_ok=True)
    certificate = folder / "fullchain.pem"
    run(
        "openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1",
        "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost",
        "-keyout", str(folder / "privkey.pem"), "-out", str(certificate),
    )  # fmt: skip
    (folder / "privkey.pem").chmod(0o644)
    volume = run(ENGINE, "volume", "ls", "-q", "--filter", "name=certificates").split()[0]
    run(
        ENGINE, "run", "--rm", "--user", "root", "--network", "none",
        "-v", f"{volume}:/certificates", "-v", f"{folder}:/from:ro", "sidepro:latest",
        "sh", "-c", "cd /certificates && mkdir -p live/localhost && cp /from/* live/localhost",
    )  # fmt: skip
    run(ENGINE, "restart", "-t", "35", *containers("nginx"))
    secure = ssl.create_default_context(cafile=str(certificate))
    address = f"https://localhost:{PORT + 1}"
    until("HTTPS", 60, lambda: httpx.get(address, verify=secure).status_code == 200)
    assert "max-age" in httpx.get(address, verify=secure).headers["Strict-Transport-Security"]
    moved = httpx.get(f"{SITE}/projects/1")
    assert (moved.status_code, moved.headers["Location"]) == (308, f"{address}/projects/1")
    secure.set_alpn_protocols(["h2"])
    with (
        socket.create_connection(("localhost", PORT + 1)) as plain,
        secure.wrap_socket(plain, server_hostname="localhost") as connection,
    ):
        assert connection.selected_alpn_protocol() == "h2"
    say("a certificate: plain HTTP leads to HTTPS, with HTTP/2 and HSTS")


DRILLS: dict[str, Callable[[People, str], None]] = {
    "use": lambda people, _: use(people),
    "gently": drills.gently,
    "violently": drills.violently,
    "recover": lambda people, _: recover(people[1]),
    "deploy": drills.deploy,
    "key": lambda people, _: drills.rotate_the_key(people[1]),
    "disk": full_disk.fill_disks,
    "clock": clock.set_back,
    "tls": lambda *_: use_tls(),
}


def main() -> None:
    """Everything, and the containers away again, whatever happened."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("--keep", action="store_true", help="leave the containers running")
    parser.add_argument("--running", action="store_true", help="use what an earlier --keep left")
    parser.add_argument("drill", nargs="*", help=f"some of {', '.join(DRILLS)} instead of all")
    options = parser.parse_args()
    try:
        if not options.running:
            start()
        people, room = meet()
        for name in options.drill or DRILLS:
            DRILLS[name](people, room)
        say("all well")
    finally:
        if not options.keep and (WORK / "sidepro" / "docker-compose.yaml").exists():
            remove()


if __name__ == "__main__":
    main()
