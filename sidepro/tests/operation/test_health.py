"""`/healthz` and `/readyz`."""

from django.core.files.storage import default_storage
from django.db.migrations.recorder import MigrationRecorder
from moto.server import ThreadedMotoServer
from redis.exceptions import ConnectionError as RedisConnectionError

from sidepro.operation import health


def test_healthz_asks_nobody(api, django_assert_num_queries):
    assert api.get("/healthz").json() == {"status": "ok"}


def test_readyz_names_each_part(api, db):
    body = api.get("/readyz").json()
    assert body["status"] == "ok"
    assert {
        body[part] for part in ("database", "migrations", "cache", "channel_layer", "bucket")
    } == {"ok"}
    assert body["similarity"]["status"] == "missing"


def test_readyz_is_503_and_names_what_is_away(api, db, monkeypatch):
    def broken(*args, **kwargs):
        raise RedisConnectionError("redis://:secret@host")

    monkeypatch.setattr("sidepro.operation.health.cache.get", broken)
    response = api.get("/readyz")
    assert response.status_code == 503
    assert response.json()["cache"] == "unavailable"
    assert response.json()["database"] == "ok"
    assert b"secret" not in response.content


def test_readyz_is_503_while_a_migration_is_missing(api, db):
    newest = MigrationRecorder.Migration.objects.filter(app="project").latest("name")
    newest.delete()
    response = api.get("/readyz")
    assert response.status_code == 503
    assert response.json()["migrations"] == "unavailable"
    newest.save(force_insert=True)
    assert api.get("/readyz").status_code == 200


def test_migrations_of_a_newer_version_do_not_matter(api, db):
    MigrationRecorder.Migration.objects.create(app="project", name="9999_later")
    assert api.get("/readyz").status_code == 200


def test_readyz_knows_the_bucket(api, db, settings, monkeypatch):
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "id")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "key")
    monkeypatch.setitem(health.CHECKS, "bucket", type(health.CHECKS["bucket"])())
    monkeypatch.setattr(health, "BUCKET_SECONDS", 0)
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    settings.AWS_S3_ENDPOINT_URL = f"http://{host}:{port}"
    settings.AWS_STORAGE_BUCKET_NAME = "readiness"
    backend = {"BACKEND": "storages.backends.s3.S3Storage"}
    settings.STORAGES = {**settings.STORAGES, "default": backend}
    try:
        away = api.get("/readyz")
        assert (away.status_code, away.json()["bucket"]) == (503, "unavailable")
        default_storage.connection.create_bucket(
            Bucket="readiness",
            CreateBucketConfiguration={"LocationConstraint": settings.AWS_S3_REGION_NAME},
        )
        assert api.get("/readyz").json()["bucket"] == "ok"
    finally:
        server.stop()
