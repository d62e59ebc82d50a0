"""`/metrics`."""

import json
import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest
from channels.db import database_sync_to_async
from django.conf import settings as django_settings
from prometheus_client import REGISTRY
from prometheus_client.parser import text_string_to_metric_families

from ai.similarity.job import build_similarity
from chat.tests.client import Client
from chat.tests.factories import make_room

ROOT = Path(django_settings.BASE_DIR)


def value(name, **labels):
    """A number of this process as it stands now."""
    return REGISTRY.get_sample_value(name, labels) or 0


def scrape(api):
    """What `/metrics` answers, by name and labels."""
    text = api.get("/metrics").content.decode()
    return {
        (sample.name, *sorted(sample.labels.values())): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


def test_requests_are_counted_by_view_and_status_never_by_address(api, db):
    labels = {"method": "GET", "view": "user", "status": "404"}
    before = value("sidepro_request_seconds_count", **labels)
    for name in ("nobody", "nobody-else"):
        api.get(f"/api/v1/users/{name}/")
    assert value("sidepro_request_seconds_count", **labels) == before + 2


def test_made_up_methods_share_one_label(api, db):
    api.generic("BREW", "/api/v1/skills/")
    api.generic("STEAL", "/api/v1/skills/")
    text = api.get("/metrics").content
    assert b"BREW" not in text
    assert b'method="other"' in text


def test_queries_are_counted(api, db):
    before = value("sidepro_query_seconds_count")
    api.get("/api/v1/skills/")
    assert value("sidepro_query_seconds_count") > before


def test_services_and_disk_are_looked_up(api, db):
    found = scrape(api)
    assert found["sidepro_up", "database"] == 1
    assert found["sidepro_up", "cache"] == 1
    assert 0 < found["sidepro_disk_free_bytes",] < found["sidepro_disk_bytes",]


def test_the_job_is_not_ok_before_its_first_run_and_ok_after(api, owner):
    assert scrape(api)["sidepro_similarity_ok",] == 0
    build_similarity()
    found = scrape(api)
    assert found["sidepro_similarity_ok",] == 1
    assert 0 <= found["sidepro_similarity_age_seconds",] < 60
    assert 0 <= found["sidepro_similarity_job_seconds",] < 60


@pytest.mark.django_db(transaction=True)
async def test_sockets_and_messages_are_counted(owner, partner):
    room = await database_sync_to_async(make_room)(owner, partner)
    names = ("messages_stored_total", "messages_sent_total", "hints_total", "open_sockets")
    before = {name: value(f"sidepro_{name}") for name in names}
    client = await Client.open(owner, room)
    await client.send_message("안녕하세요")
    await client.next("message.new")
    after = {name: value(f"sidepro_{name}") - before[name] for name in names}
    hints = after.pop("hints_total")
    assert after == {"messages_stored_total": 1, "messages_sent_total": 1, "open_sockets": 1}
    assert hints >= 1
    await client.disconnect()
    assert value("sidepro_open_sockets") == before["open_sockets"]


def test_without_a_token_it_is_closed_to_what_came_through_a_proxy(api, db):
    assert api.get("/metrics").status_code == 200
    assert api.get("/metrics", headers={"X-Forwarded-For": "10.0.0.1"}).status_code == 404
    assert api.get("/metrics", headers={"Forwarded": "for=10.0.0.1"}).status_code == 404


def test_with_a_token_it_is_open_to_who_has_it(api, db, settings):
    settings.METRICS_TOKEN = "a-long-token"
    assert api.get("/metrics").status_code == 404
    for wrong in ("Bearer other", "a-long-token", "Bearer 긴토큰".encode().decode("latin-1")):
        assert api.get("/metrics", headers={"Authorization": wrong}).status_code == 404
    right = {"Authorization": "Bearer a-long-token", "X-Forwarded-For": "10.0.0.1"}
    assert api.get("/metrics", headers=right).status_code == 200


@pytest.mark.parametrize("probe", ["/healthz", "/readyz", "/metrics"])
def test_probes_answer_under_any_host_and_without_tls(api, db, settings, probe):
    settings.SECURE_SSL_REDIRECT = True
    assert api.get(probe, headers={"Host": "10.0.0.7:8000"}).status_code == 200


def answer(url):
    """What a real server answers, or None while there is none."""
    try:
        with urllib.request.urlopen(url) as response:
            return response.read().decode()
    except urllib.error.HTTPError as error:
        return error.read().decode()
    except OSError:
        return None


def test_gunicorns_workers_answer_with_the_sum_of_their_numbers(tmp_path):
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{probe.getsockname()[1]}"
    env = os.environ | {
        "BIND": address,
        "PROMETHEUS_MULTIPROC_DIR": str(tmp_path / "metrics"),
        "VAR_DIR": str(tmp_path / "var"),
        "DEBUG": "false",
        "SECRET_KEY": "only-for-this-test-" * 4,
        "ALLOWED_HOSTS": "127.0.0.1",
        "SECURE_SSL_REDIRECT": "false",
        "DATABASE_URL": f"sqlite:///{tmp_path}/db.sqlite3",
    }
    gunicorn = (sys.executable, "-m", "gunicorn", "sidepro.wsgi")
    server = subprocess.Popen(gunicorn, cwd=ROOT, env=env, stderr=subprocess.PIPE, text=True)
    try:
        deadline = time.monotonic() + 30
        while answer(f"http://{address}/healthz") is None and time.monotonic() < deadline:
            time.sleep(0.1)
        for _ in range(20):
            answer(f"http://{address}/api/nothing")
        texts = [answer(f"http://{address}/metrics") for _ in range(6)]
    finally:
        server.terminate()
        _, log = server.communicate(timeout=30)
    counted = {
        sample.value
        for text in texts
        for family in text_string_to_metric_families(text)
        for sample in family.samples
        if sample.name == "sidepro_request_seconds_count"
    }
    assert counted == {20.0}
    assert all(json.loads(line)["request_id"] for line in log.splitlines()[:1])
