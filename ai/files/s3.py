"""Similarity files under a prefix of an S3 bucket."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from typing import Any

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError
from django.conf import settings

CONNECTIONS = 16
# S3's own limit for one call.
DELETE_AT_ONCE = 1000


@lru_cache(maxsize=2)
def _client(endpoint_url: str | None, region: str) -> Any:
    config = Config(
        connect_timeout=3, read_timeout=20, max_pool_connections=CONNECTIONS,
        retries={"max_attempts": 3, "mode": "standard"},
    )  # fmt: skip
    return boto3.client("s3", endpoint_url=endpoint_url, region_name=region, config=config)


@contextmanager
def _as_os_error() -> Iterator[None]:
    """S3's errors as those a file system would raise."""
    try:
        yield
    except ClientError as error:
        if error.response.get("Error", {}).get("Code") in {"NoSuchKey", "404"}:
            raise FileNotFoundError(str(error)) from error
        raise OSError(str(error)) from error
    except BotoCoreError as error:
        raise OSError(str(error)) from error


class S3Store:
    """A prefix in a bucket, given as ``s3://bucket/prefix``. Putting an object is atomic."""

    writers = CONNECTIONS

    def __init__(self, location: str) -> None:
        self.bucket, _, prefix = location.removeprefix("s3://").partition("/")
        self.prefix = f"{prefix.strip('/')}/" if prefix.strip("/") else ""
        self.client = _client(settings.AWS_S3_ENDPOINT_URL, settings.AWS_S3_REGION_NAME)

    def read(self, name: str) -> bytes:
        """The whole object."""
        with _as_os_error():
            answer = self.client.get_object(Bucket=self.bucket, Key=self.prefix + name)
            data: bytes = answer["Body"].read()
            return data

    def write(self, name: str, data: bytes | memoryview) -> None:
        """Put an object."""
        with _as_os_error():
            self.client.put_object(Bucket=self.bucket, Key=self.prefix + name, Body=bytes(data))

    def replace(self, name: str, data: bytes) -> None:
        """Put an object: readers see the old or the new one."""
        self.write(name, data)

    def copy(self, source: str, target: str) -> None:
        """Copy within S3."""
        with _as_os_error():
            self.client.copy_object(
                Bucket=self.bucket,
                Key=self.prefix + target,
                CopySource={"Bucket": self.bucket, "Key": self.prefix + source},
            )

    def sizes(self, generation: str) -> dict[str, int]:
        """The objects of a generation with their sizes."""
        start = f"{self.prefix}{generation}/"
        return {
            entry["Key"].removeprefix(start): entry["Size"]
            for page in self._pages(Prefix=start)
            for entry in page.get("Contents", [])
        }

    def generations(self) -> list[str]:
        """The "folders" whose names are generations'."""
        start = f"{self.prefix}g"
        return [
            entry["Prefix"].removeprefix(self.prefix).rstrip("/")
            for page in self._pages(Prefix=start, Delimiter="/")
            for entry in page.get("CommonPrefixes", [])
        ]

    def remove(self, generation: str) -> None:
        """Delete all objects of a generation."""
        names = [f"{self.prefix}{generation}/{name}" for name in self.sizes(generation)]
        for start in range(0, len(names), DELETE_AT_ONCE):
            keys = [{"Key": name} for name in names[start : start + DELETE_AT_ONCE]]
            with _as_os_error():
                self.client.delete_objects(
                    Bucket=self.bucket, Delete={"Objects": keys, "Quiet": True}
                )

    def _pages(self, **options: Any) -> Iterator[dict[str, Any]]:
        with _as_os_error():
            yield from self.client.get_paginator("list_objects_v2").paginate(
                Bucket=self.bucket, **options
            )
