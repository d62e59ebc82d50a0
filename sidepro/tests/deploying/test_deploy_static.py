import boto3
import pytest
from moto.server import ThreadedMotoServer

from _utils.deploy_static import publish


@pytest.fixture
def bucket(monkeypatch):
    """A client of an S3-compatible server with the bucket `static-site`."""
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    client = boto3.client(
        "s3",
        endpoint_url=f"http://{host}:{port}",
        region_name="ap-northeast-2",
        aws_access_key_id="testing",
        aws_secret_access_key="testing",
    )
    place = {"LocationConstraint": "ap-northeast-2"}
    client.create_bucket(Bucket="static-site", CreateBucketConfiguration=place)
    yield client
    server.stop()


def test_hashed_files_go_first_and_stay_and_the_page_goes_last_and_stays_fresh(bucket, tmp_path):
    (tmp_path / "assets").mkdir()
    (tmp_path / "index.html").write_text("<!doctype html>")
    (tmp_path / "index.html.gz").write_bytes(b"compressed")
    (tmp_path / "assets" / "index-abc.js").write_text("1")
    (tmp_path / "owl.svg").write_text("<svg/>")
    (tmp_path / "sw.js").write_text("1")
    (tmp_path / "site.webmanifest").write_text("{}")
    bucket.put_object(Bucket="static-site", Key="assets/index-old.js", Body=b"0")

    names = publish("static-site", tmp_path, bucket)

    fixed = ["owl.svg", "site.webmanifest", "sw.js"]
    assert names == ["assets/index-abc.js", *fixed, "index.html"]
    script = bucket.head_object(Bucket="static-site", Key="assets/index-abc.js")
    assert script["CacheControl"] == "public, max-age=31536000, immutable"
    assert "javascript" in script["ContentType"]
    page = bucket.head_object(Bucket="static-site", Key="index.html")
    assert (page["CacheControl"], page["ContentType"]) == ("no-cache", "text/html; charset=utf-8")
    assert bucket.head_object(Bucket="static-site", Key="assets/index-old.js")
    worker, manifest = (
        bucket.head_object(Bucket="static-site", Key=name) for name in ("sw.js", "site.webmanifest")
    )
    assert worker["CacheControl"] == manifest["CacheControl"] == "no-cache"
    assert worker["ContentType"] == "text/javascript; charset=utf-8"
    assert manifest["ContentType"] == "application/manifest+json"


def test_a_site_that_is_not_built_is_not_published(tmp_path):
    with pytest.raises(FileNotFoundError, match="npm run build"):
        publish("static-site", tmp_path, None)
