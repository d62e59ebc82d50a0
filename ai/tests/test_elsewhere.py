"""The job beyond one machine: files in S3, row blocks on a Dask cluster."""

import os
import sys
import time
import uuid
from pathlib import Path

import boto3
import numpy as np
import pytest
from distributed import LocalCluster
from django.core.management import CommandError, call_command
from moto.server import ThreadedMotoServer
from rest_framework.test import APIClient

from ai import cron
from ai.files import generations, health, taste_parts
from ai.files.storage import LocalStore, open_store
from ai.similarity import neighbour_lists, search
from ai.similarity.job import build_similarity
from ai.similarity.workers import Workers
from ai.tests.people import give, keep, person, project_by
from ai.tests.test_job import crowd
from ai.tests.test_taste import kept_by_crowd, tastes

REGION = "ap-northeast-2"


@pytest.fixture
def bucket(settings, monkeypatch):
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "test")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "test")
    settings.AWS_S3_ENDPOINT_URL = f"http://{host}:{port}"
    client = boto3.client("s3", endpoint_url=settings.AWS_S3_ENDPOINT_URL, region_name=REGION)
    # The server forgets nothing between tests: everyone gets a bucket of their own.
    name = f"similar-{uuid.uuid4()}"
    client.create_bucket(Bucket=name, CreateBucketConfiguration={"LocationConstraint": REGION})
    settings.SIMILARITY_DIR = f"s3://{name}/some/prefix"
    generations.cached_manifest.cache_clear()
    yield client, name
    server.stop()


def names(bucket):
    client, name = bucket
    return sorted(entry["Key"] for entry in client.list_objects_v2(Bucket=name).get("Contents", []))


@pytest.mark.django_db
def test_the_files_may_lie_in_s3(bucket, settings, tmp_path):
    settings.SIMILARITY_K = 100
    me = person("Python", "Django", "Redis")
    users = crowd(1200)
    projects = kept_by_crowd(users)
    found = project_by(person())
    for _ in range(5):
        alike = person()
        keep(alike, projects[0])
        keep(alike, found)
    build_similarity()
    assert build_similarity().kind == "unchanged"
    twin = person("Python", "Django", "Redis")
    project = project_by(twin)
    assert build_similarity().kind == "update"
    lonely = person("Ada")
    build_similarity()
    give(lonely, "Fortran")
    summary = build_similarity()
    assert (summary.kind, summary.written_parts) == ("update", 1)
    folders = {name.split("/")[2] for name in names(bucket)}
    assert len([name for name in folders if name.startswith("g")]) == 2
    assert {"CURRENT", "CHECKED"} <= folders

    client = APIClient()
    client.force_authenticate(me)
    body = client.get("/api/v1/recommendations/").json()
    assert project.pk in {result["project"]["id"] for result in body["results"]}
    assert body["source"][0] == "similar_stack"
    keep(me, projects[0])
    summary = build_similarity()
    assert (summary.kind, summary.written_parts) == ("update", 1)
    results = client.get("/api/v1/recommendations/").json()["results"]
    reasons = {result["project"]["id"]: result["reason"]["kind"] for result in results}
    assert reasons[found.pk] == "similar_taste"
    assert health.similarity_status()["status"] == "ok"

    def read():
        folder = settings.SIMILARITY_DIR
        near = [generations.read_neighbours(folder, user.pk)[1] for user in users[::50]]
        return near, [generations.read_tastes(folder, user.pk) for user in users[::50]]

    assert build_similarity(full=True).kind == "full"
    lists = read()
    settings.SIMILARITY_DIR = str(tmp_path / "local")
    assert build_similarity().kind == "full"
    assert all(all(kind) for kind in lists)
    assert read() == lists


@pytest.mark.django_db
def test_a_bucket_that_is_gone_or_empty_is_no_error_for_a_reader(bucket, settings, caplog):
    project = project_by(person("Python"))
    client = APIClient()
    client.force_authenticate(person("Python"))
    assert health.similarity_status() == {"status": "missing"}
    assert client.get("/api/v1/recommendations/").json()["results"]
    settings.SIMILARITY_DIR = "s3://nowhere/at/all"
    body = client.get("/api/v1/recommendations/").json()
    assert body["results"][0]["project"]["id"] == project.pk
    assert "damaged" in caplog.text
    assert health.similarity_status()["status"] == "damaged"
    cron.run()
    assert "The similarity job failed" in caplog.text


def test_both_stores_behave_alike(bucket, tmp_path):
    for store in (LocalStore(tmp_path), open_store(f"s3://{bucket[1]}")):
        with pytest.raises(FileNotFoundError):
            store.read("CURRENT")
        store.write("g1/part", b"123")
        store.copy("g1/part", "g2/part")
        store.replace("CURRENT", b"g1")
        store.replace("CURRENT", b"g2")
        assert store.read("CURRENT") == b"g2"
        assert sorted(store.generations()) == ["g1", "g2"]
        assert store.sizes("g2") == {"part": 3}
        assert store.sizes("g3") == {}
        store.remove("g1")
        assert store.generations() == ["g2"]
        assert store.read("g2/part") == b"123"


@pytest.fixture
def cluster():
    """A Dask cluster of two worker processes."""
    with LocalCluster(
        n_workers=2, threads_per_worker=1, dashboard_address="127.0.0.1:0"
    ) as cluster:
        yield cluster.scheduler_address


def test_a_dask_cluster_of_two_processes_gives_the_same_lists(cluster, monkeypatch):
    rng = np.random.default_rng(1)
    ids = np.arange(1, 3001)
    words = search.make_words(3000, np.repeat(ids - 1, 6), rng.integers(0, 80, 18_000), 80)
    here = neighbour_lists.build(20, ids, words)
    monkeypatch.setattr(search, "QUERIES_PER_TASK", 256)
    there = neighbour_lists.build(20, ids, words, workers=Workers(cluster))
    assert (here.counts == there.counts).all()
    assert dict(here.neighbours()) == dict(there.neighbours())


@pytest.mark.django_db
def test_a_dask_cluster_gives_the_same_lists_of_taste(cluster, settings, monkeypatch):
    kept_by_crowd(crowd(300))
    build_similarity()
    here = tastes(Path(settings.SIMILARITY_DIR))
    settings.SIMILARITY_DASK = cluster
    monkeypatch.setattr(taste_parts, "PEOPLE_PER_TASK", 32)
    build_similarity(full=True)
    assert len(here) == 300
    assert tastes(Path(settings.SIMILARITY_DIR)) == here


def test_both_processes_work_and_the_results_keep_their_order(cluster):
    def where(shared, number):
        time.sleep(0.01)
        return shared, number, os.getpid()

    tasks = [(number,) for number in range(150)]
    ran = list(Workers(cluster).run(where, "shared", tasks))
    assert [(shared, number) for shared, number, _ in ran] == [("shared", n) for n in range(150)]
    processes = {pid for _, _, pid in ran}
    assert len(processes) == 2
    assert os.getpid() not in processes


@pytest.mark.django_db
def test_a_cluster_that_cannot_be_reached_leaves_the_last_generation(settings, caplog):
    crowd(30)
    build_similarity()
    before = (Path(settings.SIMILARITY_DIR) / "CURRENT").read_text()
    settings.SIMILARITY_DASK = "tcp://127.0.0.1:1"
    person("Python")
    settings.SIMILARITY_K = 3
    cron.run()
    assert "The similarity job failed" in caplog.text
    assert (Path(settings.SIMILARITY_DIR) / "CURRENT").read_text() == before


@pytest.mark.django_db
def test_a_cluster_without_its_package_is_said_in_one_sentence(settings, monkeypatch):
    crowd(5)
    settings.SIMILARITY_DASK = "tcp://127.0.0.1:1"
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(CommandError, match=r"^SIMILARITY_DASK: needs "):
        call_command("build_similarity")
