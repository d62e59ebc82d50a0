"""The nightly backup reaches the second bucket, old ones go, and one of them can be restored."""

import boto3
import pytest
from django.core.management import call_command
from moto.server import ThreadedMotoServer

from sidepro.operation import nightly_backup


@pytest.fixture
def bucket(settings, monkeypatch, tmp_path):
    """An S3-compatible server with the second bucket; `var/` is a folder of the test's own."""
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "id")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "key")
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    settings.AWS_S3_ENDPOINT_URL = f"http://{host}:{port}"
    settings.BACKUP_BUCKET_NAME = "nightly"
    settings.VAR_DIR = tmp_path
    found = boto3.resource(
        "s3", endpoint_url=settings.AWS_S3_ENDPOINT_URL, region_name="us-east-1"
    ).Bucket("nightly")
    found.create()
    monkeypatch.setattr(
        nightly_backup.backup, "make", lambda target: write(target, b"the whole site")
    )
    yield found
    found.objects.delete()
    server.stop()


def write(target, content):
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(content)


def test_a_backup_is_in_the_bucket_and_no_copy_stays_on_the_machine(bucket, tmp_path):
    nightly_backup.run()
    (only,) = bucket.objects.all()
    assert only.get()["Body"].read() == b"the whole site"
    assert list((tmp_path / "backups").iterdir()) == []


def test_what_is_older_than_the_days_to_keep_goes_and_nothing_else_does(bucket, settings):
    bucket.put_object(Key="nightly-20200101-000000.tar", Body=b"old")
    bucket.put_object(Key="somebody-elses.tar", Body=b"theirs")
    settings.BACKUP_KEEP_DAYS = 1
    nightly_backup.run()
    assert len(list(bucket.objects.all())) == 3
    settings.BACKUP_KEEP_DAYS = 0  # all of them are older than now
    nightly_backup.run()
    left = {found.key for found in bucket.objects.all()}
    assert "somebody-elses.tar" in left
    assert len(left) == 2


def test_a_backup_that_fails_leaves_what_is_there(bucket, settings, monkeypatch, tmp_path):
    bucket.put_object(Key="nightly-20200101-000000.tar", Body=b"old")
    settings.BACKUP_KEEP_DAYS = 0

    def full(target):
        write(target, b"half")
        raise OSError("no space")

    monkeypatch.setattr(nightly_backup.backup, "make", full)
    with pytest.raises(OSError, match="no space"):
        nightly_backup.run()
    assert len(list(bucket.objects.all())) == 1
    assert list((tmp_path / "backups").iterdir()) == []


def test_restoring_a_backup_that_is_not_here_fetches_it(bucket, monkeypatch):
    bucket.put_object(Key="nightly-20200101-000000.tar", Body=b"old")
    restored = []
    monkeypatch.setattr(
        nightly_backup.backup, "restore", lambda file, overwrite: restored.append(file.read_bytes())
    )
    call_command("restore", "nightly-20200101-000000.tar", "--yes", verbosity=0)
    assert restored == [b"old"]


def test_without_a_second_bucket_nothing_is_done(settings, monkeypatch):
    settings.BACKUP_BUCKET_NAME = ""
    monkeypatch.setattr(nightly_backup.backup, "make", lambda target: pytest.fail("made one"))
    nightly_backup.run()
