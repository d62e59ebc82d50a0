"""Uploading pictures: what is taken, what is stored, and what is refused."""

import io
import json
import socket
import struct
import threading
import zlib
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import httpx
import pytest
from botocore.config import Config
from botocore.exceptions import EndpointConnectionError
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db import DatabaseError, transaction
from django.utils import timezone
from PIL import Image as Pillow
from PIL import ImageCms

from bench.attack.jpegs import repeated_scans, scans_apart
from project.services import remove_unused_images
from project.tests.factories import ProjectFactory
from user.images import encoding, jpeg, storage
from user.models import Image, Profile

URL = "/api/v1/images/"


SRGB = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()


def picture(fmt="PNG", size=(800, 600), mode="RGB", **options):
    out = io.BytesIO()
    Pillow.new(mode, size, 120).save(out, fmt, **options)
    return out.getvalue()


def animation(fmt, size=(64, 64)):
    """Red, green and blue, each for 80 milliseconds, for ever."""
    out = io.BytesIO()
    first, *more = (Pillow.new("RGB", size, colour) for colour in ("#f00", "#0f0", "#00f"))
    options = {} if fmt == "MPO" else {"duration": 80, "loop": 0}
    first.save(out, fmt, save_all=True, append_images=more, **options)
    return out.getvalue()


def resident_mb():
    return int(Path("/proc/self/status").read_text().partition("VmRSS:")[2].split()[0]) / 1024


def upload(client, data, name="x.png", kind="project", **extra):
    body = {"image": SimpleUploadedFile(name, data, "image/png"), "kind": kind}
    return client.post(URL, body, format="multipart", **extra)


def stored(url):
    with default_storage.open(url.removeprefix("/media/")) as file:
        return Pillow.open(io.BytesIO(file.read()))


def png_claiming(width, height):
    """A tiny PNG whose header claims a huge picture."""
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunk = b"IHDR" + header
    return (
        b"\x89PNG\r\n\x1a\n"
        + struct.pack(">I", len(header))
        + chunk
        + struct.pack(">I", zlib.crc32(chunk))
        + b"\0\0\0\0IDAT"
    )


@pytest.fixture
def client(as_user, owner):
    client = as_user(owner)
    client.raise_request_exception = False  # a 503 is an answer here, not a failure of the test
    return client


class TestTaken:
    @pytest.mark.parametrize("fmt", ["JPEG", "PNG", "WEBP", "GIF"])
    def test_four_formats_are_encoded_again_as_webp_in_two_sizes(self, client, fmt):
        response = upload(client, picture(fmt, (3000, 1500)))
        assert response.status_code == 201
        body = response.json()
        assert (body["width"], body["height"]) == (1920, 960)
        full = stored(body["url"])
        assert (full.format, full.size) == ("WEBP", (1920, 960))
        card = stored(body["url"].replace(".webp", ".card.webp"))
        assert (card.format, card.size) == ("WEBP", (640, 360))

    @pytest.mark.parametrize("mode", ["L", "LA", "RGBA", "P", "1", "I;16"])
    def test_every_kind_of_pixel_is_understood(self, client, mode):
        assert upload(client, picture("PNG", mode=mode)).status_code == 201

    @pytest.mark.parametrize(
        ("mode", "pixel", "options", "drawn"),
        [
            ("I;16", 32768, {}, (128, 128, 128)),
            ("P", 0, {"transparency": 0}, (0, 0, 0, 0)),
            ("L", 7, {"transparency": 7}, (7, 7, 7, 0)),
            ("LA", (100, 50), {}, (100, 100, 100, 50)),
            ("RGB", (200, 10, 10), {"icc_profile": SRGB}, (200, 10, 10)),
            ("RGB", (200, 10, 10), {"icc_profile": b"nonsense"}, (200, 10, 10)),
        ],
    )
    def test_colours_and_transparency_stay(self, client, mode, pixel, options, drawn):
        out = io.BytesIO()
        Pillow.new(mode, (64, 64), pixel).save(out, "PNG", **options)
        full = stored(upload(client, out.getvalue()).json()["url"])
        got = full.getpixel((20, 20))
        assert len(got) == len(drawn)
        if drawn[3:] != (0,):  # the colour of what cannot be seen does not matter
            assert all(abs(a - b) <= 6 for a, b in zip(got, drawn, strict=True))
        assert "icc_profile" not in full.info

    @pytest.mark.parametrize("fmt", ["GIF", "WEBP", "PNG"])
    def test_an_animation_stays_one(self, client, fmt):
        body = upload(client, animation(fmt, (1200, 600))).json()
        full = stored(body["url"])
        assert (full.format, full.n_frames, full.info["loop"]) == ("WEBP", 3, 0)
        assert full.size == (body["width"], body["height"]) == (960, 480)
        for number, light in enumerate((0, 1, 2)):
            full.seek(number)
            full.load()
            assert full.info["duration"] == 80
            assert full.convert("RGB").getpixel((20, 20))[light] > 200
        assert getattr(stored(body["url"].replace(".webp", ".card.webp")), "n_frames", 1) == 1

    @pytest.mark.parametrize("fmt", ["GIF", "WEBP", "PNG"])
    def test_of_an_animation_that_is_too_long_the_first_frame_is_kept(
        self, client, fmt, monkeypatch
    ):
        monkeypatch.setattr(encoding, "MAX_FRAMES", 2)
        full = stored(upload(client, animation(fmt)).json()["url"])
        assert getattr(full, "n_frames", 1) == 1
        assert full.convert("RGB").getpixel((20, 20))[0] > 200

    def test_a_long_animation_is_made_smaller(self, client, monkeypatch):
        monkeypatch.setattr(encoding, "MAX_STORED_PIXELS", 2 * 200 * 100)
        full = stored(upload(client, animation("GIF", (200, 100))).json()["url"])
        assert (full.n_frames, full.size) == (3, (133, 67))

    def test_of_an_animation_that_breaks_off_the_first_frame_is_kept(self, client):
        data = animation("PNG", (300, 300))
        broken = data[: data.rindex(b"fdAT") + 20]
        full = stored(upload(client, broken).json()["url"])
        assert getattr(full, "n_frames", 1) == 1

    def test_of_several_pictures_in_a_jpeg_the_first_is_kept(self, client):
        full = stored(upload(client, animation("MPO")).json()["url"])
        assert getattr(full, "n_frames", 1) == 1

    @pytest.mark.parametrize(
        ("fmt", "options", "most"),
        [
            ("PNG", {}, "PNG"),
            ("WEBP", {}, "WEBP"),
            ("GIF", {}, "GIF"),
            ("JPEG", {"progressive": True}, None),
        ],
    )
    def test_what_cannot_be_decoded_smaller_has_a_lower_limit(
        self, client, monkeypatch, fmt, options, most
    ):
        if most:
            monkeypatch.setitem(encoding.MAX_PIXELS, most, 100 * 100)
        else:
            monkeypatch.setattr(encoding, "MAX_PIXELS_KEPT_WHOLE", 100 * 100)
        assert upload(client, picture(fmt, (100, 100), **options)).status_code == 201
        assert upload(client, picture(fmt, (101, 100), **options)).status_code == 400
        assert upload(client, picture("JPEG", (101, 100))).status_code == 201

    @pytest.mark.parametrize("colours", [3, 4])
    def test_a_jpeg_of_scans_apart_is_limited_as_a_progressive_one(
        self, client, monkeypatch, colours
    ):
        monkeypatch.setattr(encoding, "MAX_PIXELS_KEPT_WHOLE", 100 * 100)
        assert upload(client, scans_apart(100, 100, colours)).status_code == 201
        assert upload(client, scans_apart(101, 100, colours)).status_code == 400

    def test_a_narrow_jpeg_is_decoded_smaller_as_well(self, client, monkeypatch):
        decoded = []
        turn = encoding.ImageOps.exif_transpose

        def see(image, **options):
            decoded.append(image.size)
            return turn(image, **options)

        monkeypatch.setattr(encoding.ImageOps, "exif_transpose", see)
        body = upload(client, picture("JPEG", (700, 8000))).json()
        assert decoded == [(175, 2000)]
        assert (body["width"], body["height"]) == (168, 1920)

    def test_a_jpeg_with_more_scans_than_any_program_makes_is_400(self, client):
        assert upload(client, repeated_scans(64, 60)).status_code == 201
        response = upload(client, repeated_scans(64, jpeg.MAX_SCANS))
        assert response.status_code == 400
        assert response.json()["errors"][0]["attr"] == "image"

    @pytest.mark.parametrize("data", [b"", b"\xff\xd8", b"\xff\xd8\xff", b"\xff\xd8\xff\xe0"])
    def test_a_jpeg_without_a_scan_has_no_colours(self, data):
        assert jpeg.is_kept_whole(Pillow.new("L", (8, 8)), io.BytesIO(data))

    def test_what_decoding_took_goes_back_to_the_system(self, client):
        data = picture("PNG", (2600, 2600), "RGBA", compress_level=1)
        barrier = threading.Barrier(4)

        def decode(_):
            for _ in range(2):
                barrier.wait(60)  # threads that live at once each have memory of their own
                encoding.re_encode(io.BytesIO(data), "project")

        before = resident_mb()
        with ThreadPoolExecutor(4) as pool:
            list(pool.map(decode, range(4)))
            assert resident_mb() - before < 40

    def test_one_is_decoded_at_a_time_and_who_waits_too_long_comes_back(self, client, monkeypatch):
        monkeypatch.setattr(encoding.decoding, "max_wait", 1)
        client.raise_request_exception = False
        with encoding.decoding.place():
            response = upload(client, picture())
        assert response.status_code == 503
        assert response.headers["Retry-After"] == "1"
        assert not Image.objects.exists()
        assert upload(client, picture()).status_code == 201

    def test_cmyk_is_understood(self, client):
        assert upload(client, picture("JPEG", mode="CMYK")).status_code == 201

    def test_the_content_decides_not_the_name(self, client):
        assert upload(client, picture("JPEG"), name="../../evil.html").status_code == 201
        assert not Image.objects.get().file.name.endswith("html")

    def test_profile_pictures_have_a_square_card(self, client):
        url = upload(client, picture(), kind="profile").json()["url"]
        assert stored(url.replace(".webp", ".card.webp")).size == (256, 256)

    def test_metadata_goes_and_the_picture_stands_upright(self, client):
        exif = Pillow.Exif()
        exif[0x0112] = 6  # turned by 90°
        exif[0x010E] = "taken at home"
        body = upload(client, picture("JPEG", (400, 200), exif=exif)).json()
        assert (body["width"], body["height"]) == (200, 400)
        full = stored(body["url"])
        assert not full.getexif()
        assert "exif" not in full.info

    @pytest.mark.parametrize("ending", [".webp", ".card.webp"])
    def test_the_embedded_server_gives_both_sizes_out_for_good(self, api, client, ending):
        url = upload(client, picture()).json()["url"]
        response = api.get(url.replace(".webp", ending))
        assert response.status_code == 200
        assert response.headers["Content-Type"] == "image/webp"
        assert "immutable" in response.headers["Cache-Control"]
        assert response.headers["X-Content-Type-Options"] == "nosniff"
        response.close()


HTML = b"<html><script>alert(1)</script></html>"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'


class TestRefused:
    @pytest.mark.parametrize(
        "data",
        [
            HTML,
            SVG,
            b"",
            b"\x00" * 100,
            picture()[:200],
            picture("JPEG")[:300],
            picture("GIF")[:30],
            b"\x89PNG\r\n\x1a\n" + HTML,
            b"GIF89a" + HTML,
            picture("BMP"),
            picture("TIFF"),
            png_claiming(60_000, 60_000),
            png_claiming(12_000, 12_000),
            png_claiming(6_500, 6_500),
            png_claiming(2**31 - 1, 2**31 - 1),
            picture(size=(1, 1)),
            picture(size=(20_000, 8), mode="1"),
        ],
    )
    def test_what_is_no_usable_picture_is_400_and_leaves_nothing(self, client, settings, data):
        response = upload(client, data)
        assert response.status_code == 400
        assert response.json()["errors"][0]["attr"] == "image"
        assert not Image.objects.exists()
        assert not settings.MEDIA_ROOT.exists()

    def test_a_picture_with_something_behind_it_keeps_only_the_picture(self, client):
        url = upload(client, picture() + HTML).json()["url"]
        with default_storage.open(url.removeprefix("/media/")) as file:
            assert b"script" not in file.read()

    def test_bytes_beyond_five_megabytes_are_413(self, client):
        noise = picture() + b"\0" * (5 * 1024 * 1024)
        assert upload(client, noise).status_code == 413
        assert upload(client, noise * 2).status_code == 413
        assert not Image.objects.exists()

    def test_strangers_may_not(self, api, db):
        assert upload(api, picture()).status_code == 401

    @pytest.mark.parametrize(
        ("body", "attr"),
        [({}, "image"), ({"image": "text"}, "image"), ({"kind": "x"}, "kind")],
    )
    def test_unclear_forms_are_400(self, client, body, attr):
        response = client.post(URL, body, format="multipart")
        assert response.status_code == 400
        assert attr in {error["attr"] for error in response.json()["errors"]}

    def test_other_kinds_of_body_are_415(self, client):
        assert client.post(URL, {"image": "x"}, format="json").status_code == 415

    @pytest.mark.parametrize(
        ("content_type", "body", "length"),
        [
            ("multipart/form-data", b"x", None),
            ("multipart/form-data; boundary=b", b"--b\r\nContent-Disposition: form-da", None),
            ("multipart/form-data; boundary=b", b"", None),
            ("multipart/form-data; boundary=b", b"", "many"),
            ("multipart/form-data; boundary=b", b"", "-1"),
        ],
    )
    def test_broken_forms_are_400(self, client, content_type, body, length):
        extra = {} if length is None else {"CONTENT_LENGTH": length}
        response = client.generic("POST", URL, body, content_type, **extra)
        assert response.status_code == 400
        assert response.json()["type"] in {"client_error", "validation_error"}

    def test_a_form_with_very_many_files_is_400(self, client):
        parts = {f"image{n}": SimpleUploadedFile("x.png", b"x") for n in range(200)}
        response = client.post(URL, parts, format="multipart")
        assert response.status_code == 400
        assert not Image.objects.exists()

    def test_too_many_a_minute_are_429(self, client, monkeypatch):
        monkeypatch.setattr("user.api.throttling.ScopeThrottle.THROTTLE_RATES", {"images": "1/min"})
        assert [upload(client, picture()).status_code for _ in range(2)] == [201, 429]

    @pytest.mark.parametrize("name", ["../db.sqlite3", "%2e%2e/db.sqlite3", "x", "a%00b", "images"])
    def test_the_embedded_server_gives_out_nothing_else(self, api, db, name):
        assert api.get(f"/media/{name}").status_code == 404


class TestStorageFailure:
    def test_is_503_and_leaves_neither_row_nor_file(self, client, monkeypatch, settings):
        save, calls = default_storage.save, []

        def failing(name, content):
            calls.append(name)
            if len(calls) == 2:
                raise EndpointConnectionError(endpoint_url="https://bucket")
            return save(name, content)

        monkeypatch.setattr(default_storage, "save", failing)
        response = upload(client, picture())
        assert response.status_code == 503
        assert response.json()["errors"][0]["code"] == "service_unavailable"
        assert not Image.objects.exists()
        assert not list(settings.MEDIA_ROOT.rglob("*.webp"))

    def test_a_full_disk_leaves_no_half_written_file(self, client, monkeypatch, settings):
        def failing(name, content):
            path = settings.MEDIA_ROOT / name
            path.parent.mkdir(parents=True)
            path.write_bytes(b"half")
            raise OSError(28, "No space left on device")

        monkeypatch.setattr(default_storage, "save", failing)
        assert upload(client, picture()).status_code == 503
        assert not list(settings.MEDIA_ROOT.rglob("*.webp"))

    def test_a_row_that_cannot_be_written_leaves_no_files(self, client, owner, settings):
        encoded = encoding.re_encode(io.BytesIO(picture()), "project")
        with pytest.raises(DatabaseError), transaction.atomic():
            storage.store(owner, "project", replace(encoded, width=-1))
        assert not list(settings.MEDIA_ROOT.rglob("*.webp"))


class TestUse:
    def test_a_project_and_a_profile_show_uploads_by_their_addresses(self, api, client):
        url = upload(client, picture()).json()["url"]
        body = {"title": "x", "thumbnail": url, "content": f"![]({url})"}
        project = client.post("/api/v1/projects/", body).json()
        assert project["thumbnail"] == url
        assert project["thumbnail_card"] == url.replace(".webp", ".card.webp")
        face = upload(client, picture(), kind="profile").json()["url"]
        client.patch("/api/v1/users/me/", {"profile": {"image": f"http://testserver{face}"}})
        assert api.get("/api/v1/users/owner/").json()["profile"]["image"] == face
        card = api.get("/api/v1/projects/").json()["results"][0]
        assert card["author"]["image"] == face.replace(".webp", ".card.webp")
        gone = client.patch(f"/api/v1/projects/{project['id']}/", {"thumbnail": None}).json()
        assert gone["thumbnail"] is None

    def test_other_peoples_uploads_are_unknown(self, client, as_user, stranger):
        url = upload(as_user(stranger), picture()).json()["url"]
        response = client.post("/api/v1/projects/", {"title": "x", "thumbnail": url})
        assert response.json()["errors"][0]["code"] == "image_unknown"

    def test_an_admin_may_save_an_authors_project_with_its_picture(self, client, as_user, admin):
        url = upload(client, picture()).json()["url"]
        project = client.post("/api/v1/projects/", {"title": "x", "thumbnail": url}).json()
        body = {"title": "y", "thumbnail": url}
        response = as_user(admin).patch(f"/api/v1/projects/{project['id']}/", body)
        assert response.status_code == 200


class TestCleanUp:
    def test_removes_what_nothing_shows_for_60_days_with_its_files(
        self, client, settings, django_capture_on_commit_callbacks
    ):
        urls = [upload(client, picture()).json()["url"] for _ in range(5)]
        thumbnail, in_text, face, unused, fresh = urls
        body = {"title": "x", "thumbnail": thumbnail, "content": f"![a]({in_text} 'b')"}
        client.post("/api/v1/projects/", body)
        client.patch("/api/v1/users/me/", {"profile": {"image": face}})
        old = timezone.now() - timedelta(days=61)
        Image.objects.exclude(file=fresh.removeprefix("/media/")).update(created_at=old)
        with django_capture_on_commit_callbacks(execute=True):
            call_command("remove_unused_images")
        left = {f"/media/{name}" for name in Image.objects.values_list("file", flat=True)}
        assert left == set(urls) - {unused}
        files = {f"/media/images/{path.name}" for path in settings.MEDIA_ROOT.rglob("*.webp")}
        assert files == {name for url in left for name in (url, url.replace(".webp", ".card.webp"))}

    def test_leaves_what_somebody_takes_up_meanwhile(self, client, owner, monkeypatch):
        upload(client, picture(), kind="profile")
        Image.objects.update(created_at=timezone.now() - timedelta(days=61))
        atomic = transaction.atomic

        def take_up_first(*args, **kwargs):
            Profile.objects.filter(user=owner).update(image=Image.objects.get())
            return atomic(*args, **kwargs)

        monkeypatch.setattr(transaction, "atomic", take_up_first)
        assert remove_unused_images() == 0
        owner.profile.refresh_from_db()
        assert owner.profile.image

    def test_deleting_a_project_frees_its_pictures(self, client, owner):
        url = upload(client, picture()).json()["url"]
        project = ProjectFactory(author=owner, thumbnail=Image.objects.get())
        assert project.thumbnail
        Image.objects.update(created_at=timezone.now() - timedelta(days=61))
        call_command("remove_unused_images")
        assert Image.objects.exists()
        project.delete()
        call_command("remove_unused_images")
        assert not Image.objects.exists(), url


class TestS3:
    @pytest.fixture
    def bucket(self, settings, monkeypatch):
        """A bucket of a real S3-compatible server on this machine."""
        import boto3
        from moto.server import ThreadedMotoServer

        monkeypatch.setenv("AWS_ACCESS_KEY_ID", "test")
        monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "test")
        server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
        server.start()
        host, port = server.get_host_and_port()
        endpoint = f"http://{host}:{port}"
        s3 = boto3.client("s3", endpoint_url=endpoint, region_name="us-east-1")
        s3.create_bucket(Bucket="uploads")
        everybody_reads = {
            "Effect": "Allow",
            "Principal": "*",
            "Action": "s3:GetObject",
            "Resource": "arn:aws:s3:::uploads/*",
        }
        policy = {"Version": "2012-10-17", "Statement": [everybody_reads]}
        s3.put_bucket_policy(Bucket="uploads", Policy=json.dumps(policy))
        options = {
            "bucket_name": "uploads",
            "endpoint_url": endpoint,
            "region_name": "us-east-1",
            "querystring_auth": False,
            "object_parameters": settings.AWS_S3_OBJECT_PARAMETERS,
        }
        settings.STORAGES = settings.STORAGES | {
            "default": {"BACKEND": "storages.backends.s3.S3Storage", "OPTIONS": options}
        }
        yield endpoint
        server.stop()

    def test_uploads_go_to_the_bucket_and_leave_it_with_their_row(
        self, bucket, client, django_capture_on_commit_callbacks
    ):
        url = upload(client, picture()).json()["url"]
        assert url.startswith(f"{bucket}/uploads/images/")
        answer = httpx.get(url)
        assert answer.status_code == 200, answer.text
        assert answer.headers["content-type"] == "image/webp"
        assert "immutable" in answer.headers["cache-control"]
        assert Pillow.open(io.BytesIO(answer.content)).format == "WEBP"
        response = client.post("/api/v1/projects/", {"title": "x", "thumbnail": url})
        assert response.json()["thumbnail"] == url
        elsewhere = url.replace(bucket, "https://elsewhere.example")
        refused = client.post("/api/v1/projects/", {"title": "x", "thumbnail": elsewhere})
        assert refused.json()["errors"][0]["code"] == "image_unknown"
        with django_capture_on_commit_callbacks(execute=True):
            Image.objects.all().delete()
        assert httpx.get(url).status_code == 404

    @staticmethod
    def point_storage_at(settings, **options):
        default = settings.STORAGES["default"]
        default = default | {"OPTIONS": default["OPTIONS"] | options}
        settings.STORAGES = settings.STORAGES | {"default": default}

    def test_a_bucket_that_is_gone_is_503(self, bucket, client, settings):
        self.point_storage_at(settings, bucket_name="elsewhere")
        assert upload(client, picture()).status_code == 503
        assert not Image.objects.exists()

    def test_a_store_that_does_not_answer_is_503_and_is_soon_given_up(
        self, bucket, client, settings
    ):
        hasty = settings.AWS_S3_CLIENT_CONFIG.merge(Config(connect_timeout=0.3, read_timeout=0.3))
        with socket.create_server(("127.0.0.1", 0)) as silent:
            endpoint = f"http://127.0.0.1:{silent.getsockname()[1]}"
            self.point_storage_at(settings, endpoint_url=endpoint, client_config=hasty)
            assert upload(client, picture()).status_code == 503
            silent.setblocking(False)
            tries = 0
            with suppress(BlockingIOError):
                while connection := silent.accept()[0]:
                    connection.close()
                    tries += 1
        assert tries == 2 + 2  # to store it, to remove what may be there of it
        assert not Image.objects.exists()
