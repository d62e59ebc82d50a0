"""The nightly backup: a copy in a second bucket, kept for BACKUP_KEEP_DAYS."""

import logging
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import boto3
from django.conf import settings
from django.utils import timezone

from sidepro.operation import backup

if TYPE_CHECKING:
    from types_boto3_s3.service_resource import Bucket

logger = logging.getLogger(__name__)


def run() -> None:
    """Make a backup, put it into the bucket, remove the old ones (a job of django-crontab).

    Does nothing without BACKUP_BUCKET_NAME. Raises CommandError or boto's errors; what was
    there before stays.
    """
    if not settings.BACKUP_BUCKET_NAME:
        return
    target = _folder() / f"nightly-{timezone.now():%Y%m%d-%H%M%S}.tar"
    try:
        backup.make(target)
        _bucket().upload_file(str(target), target.name)
    finally:
        target.unlink(missing_ok=True)
    logger.info("Backup %s is in the bucket %s", target.name, settings.BACKUP_BUCKET_NAME)
    _remove_old(keep=target.name)


def fetch(name: str) -> Path:
    """A backup of that name, brought from the bucket to `var/backups/`."""
    target = _folder() / name
    target.parent.mkdir(parents=True, exist_ok=True)
    _bucket().download_file(name, str(target))
    target.chmod(0o600)
    return target


def _remove_old(keep: str) -> None:
    oldest = timezone.now() - timedelta(days=settings.BACKUP_KEEP_DAYS)
    for found in _bucket().objects.filter(Prefix="nightly-"):
        if found.last_modified < oldest and found.key != keep:
            found.delete()


def _folder() -> Path:
    return Path(settings.VAR_DIR) / "backups"


def _bucket() -> "Bucket":
    resource = boto3.resource(
        "s3",
        endpoint_url=settings.AWS_S3_ENDPOINT_URL,
        region_name=settings.AWS_S3_REGION_NAME,
    )
    return resource.Bucket(settings.BACKUP_BUCKET_NAME)
