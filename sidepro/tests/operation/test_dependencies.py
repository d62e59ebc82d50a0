"""Services that are away: what is said, what is answered, and that they may come back."""

import threading
import time
from io import StringIO
from urllib.parse import urlsplit

import pytest
from django.conf import settings as django_settings
from django.core.management import CommandError, call_command
from django.db import connection
from moto.server import ThreadedMotoServer

from sidepro.tests.operation.severable import Wire

NOWHERE = "127.0.0.1:9"


@pytest.fixture
def cache_wire(settings):
    """The cache, over a wire that can be cut."""
    address = urlsplit(django_settings.REDIS_URL)
    wire = Wire(address.hostname or "127.0.0.1", address.port or 6379)
    url = address._replace(netloc=f"127.0.0.1:{wire.port}").geturl()
    settings.CACHES = {"default": {**settings.CACHES["default"], "LOCATION": url}}
    settings.REDIS_URL = url
    yield wire
    wire.mend()


@pytest.fixture
def database_wire(transactional_db):
    """The database, over a wire that can be cut."""
    place = dict(connection.settings_dict)
    wire = Wire(place["HOST"] or "127.0.0.1", int(place["PORT"] or 5432))
    connection.close()
    connection.settings_dict.update(HOST="127.0.0.1", PORT=wire.port)
    yield wire
    connection.close()
    connection.settings_dict.update(HOST=place["HOST"], PORT=place["PORT"])


def waiting(timeout=0.0):
    """Run the command and return the sentence with which it gives up."""
    with pytest.raises(CommandError) as error:
        call_command("wait_for_services", timeout=timeout, stderr=StringIO())
    return str(error.value)


def test_nothing_is_said_where_everything_answers(db, capsys):
    call_command("wait_for_services", timeout=0)
    assert capsys.readouterr() == ("", "")


def test_redis_that_is_away_is_named_without_its_password(db, settings):
    settings.REDIS_URL = f"redis://:hunter2@{NOWHERE}/0"
    sentence = waiting()
    assert sentence.startswith(f"REDIS_URL: Redis at {NOWHERE} does not answer")
    assert "hunter2" not in sentence


def test_a_malformed_redis_address_is_named(db, settings):
    settings.REDIS_URL = "localhost:6379"
    assert waiting().startswith("REDIS_URL: ")


@pytest.fixture
def bucket_settings(settings, monkeypatch):
    """Uploads go to a bucket at an address that a test chooses."""
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "id")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "key")
    settings.AWS_STORAGE_BUCKET_NAME = "waited-for"  # other tests keep theirs in the same store
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {"BACKEND": "storages.backends.s3.S3Storage"},
    }
    return settings


def test_a_bucket_that_does_not_answer_is_named(db, bucket_settings):
    bucket_settings.AWS_S3_ENDPOINT_URL = f"http://{NOWHERE}"
    assert waiting().startswith(
        "AWS_S3_ENDPOINT_URL or AWS_S3_REGION_NAME: no answer for waited-for"
    )


def test_a_bucket_that_is_not_there_is_named_until_it_is(db, bucket_settings):
    server = ThreadedMotoServer(port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    bucket_settings.AWS_S3_ENDPOINT_URL = f"http://{host}:{port}"
    try:
        assert waiting() == "AWS_STORAGE_BUCKET_NAME: the bucket waited-for answers 404."
        from django.core.files.storage import default_storage

        default_storage.connection.create_bucket(
            Bucket="waited-for",
            CreateBucketConfiguration={"LocationConstraint": bucket_settings.AWS_S3_REGION_NAME},
        )
        call_command("wait_for_services", timeout=0)
    finally:
        server.stop()


@pytest.mark.redis
def test_waiting_ends_when_the_service_comes(db, cache_wire):
    cache_wire.cut()
    threading.Timer(1.0, cache_wire.mend).start()
    begun, said = time.monotonic(), StringIO()
    call_command("wait_for_services", timeout=20, stderr=said)
    assert 0.9 < time.monotonic() - begun < 10
    assert "Trying again" in said.getvalue()


@pytest.mark.redis
def test_without_redis_the_board_is_read_and_the_site_recovers_without_a_restart(
    api, db, cache_wire
):
    assert api.get("/readyz").status_code == 200
    cache_wire.cut()
    away = api.get("/readyz")
    assert (away.status_code, away.json()["cache"]) == (503, "unavailable")
    assert api.get("/api/v1/projects/").status_code == 200
    cache_wire.mend()
    assert api.get("/readyz").status_code == 200


@pytest.mark.postgres
def test_without_the_database_requests_get_503_and_the_site_recovers(api, owner, database_wire):
    api.raise_request_exception = False
    assert api.get("/api/v1/projects/").status_code == 200
    database_wire.cut()
    away = api.get("/api/v1/projects/")
    assert away.status_code == 503
    assert away.json()["errors"][0]["code"] == "service_unavailable"
    assert api.get("/readyz").status_code == 503
    assert waiting().startswith("DATABASE_URL: the database at 127.0.0.1:")
    assert b'sidepro_up{service="database"} 0.0' in api.get("/metrics").content
    database_wire.mend()
    connection.close()  # as each request's end does with a broken connection
    assert api.get("/api/v1/projects/").status_code == 200
    assert api.get("/readyz").status_code == 200


@pytest.mark.postgres
def test_pages_outside_of_the_api_get_503_as_well(client, admin, database_wire):
    client.force_login(admin)
    database_wire.cut()
    away = client.get("/admin/")
    assert away.status_code == 503
    assert away.json()["errors"][0]["code"] == "service_unavailable"
