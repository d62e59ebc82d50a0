"""`/healthz` and `/readyz`."""

from redis.exceptions import ConnectionError as RedisConnectionError


def test_healthz_asks_nobody(api, django_assert_num_queries):
    assert api.get("/healthz").json() == {"status": "ok"}


def test_readyz_names_each_part(api, db):
    body = api.get("/readyz").json()
    assert body["status"] == "ok"
    assert {body[part] for part in ("database", "cache", "channel_layer")} == {"ok"}
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
