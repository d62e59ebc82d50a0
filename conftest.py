"""What every test may use: the cast (owner, partner, stranger, admin) and clean surroundings."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.core.cache import caches
from django.db import connection
from pytest_django import Settings
from rest_framework.test import APIClient

from user.models import User
from user.tests.factories import UserFactory, access_token_for


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what takes minutes and what needs a service that is not used; and say so."""
    absent = set() if config.option.markexpr == "chaos" else {"chaos"}
    if connection.vendor != "postgresql":
        absent.add("postgres")
    if not django_settings.REDIS_URL:
        absent.add("redis")
    left_out = [item for item in items if absent & {mark.name for mark in item.iter_markers()}]
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if item not in left_out]


def empty_caches() -> None:
    """Empty what all workers share and what each has of its own."""
    for name in caches:
        caches[name].clear()


@pytest.fixture(autouse=True)
def surroundings(settings: Settings, tmp_path: Path) -> Iterator[None]:
    """Quick password hashes, files in a folder of the test's own, and an empty cache."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.SIMILARITY_DIR = str(tmp_path / "similarity")
    settings.SIMILARITY_STATE_DIR = str(tmp_path / "state")
    empty_caches()
    yield
    empty_caches()


@pytest.fixture
def owner(db: None) -> User:
    """The one who made what is talked about."""
    return UserFactory.create(username="owner", email="owner@example.com")


@pytest.fixture
def partner(db: None) -> User:
    """The other one in a coffee chat."""
    return UserFactory.create(username="partner", email="partner@example.com")


@pytest.fixture
def stranger(db: None) -> User:
    """A user who is signed in and has nothing to do with it."""
    return UserFactory.create(username="stranger", email="stranger@example.com")


@pytest.fixture
def admin(db: None) -> User:
    """A moderator with every right."""
    return UserFactory.create(
        username="moderator", email="admin@example.com", is_staff=True, is_superuser=True
    )


@pytest.fixture
def api() -> APIClient:
    """The API as anybody may call it."""
    return APIClient()


@pytest.fixture
def as_user() -> Callable[[User], APIClient]:
    """`as_user(owner)` is a client that is signed in as the owner, by a real access token."""

    def sign_in(user: User) -> APIClient:
        client = APIClient()
        client.credentials(HTTP_AUTHORIZATION=f"Bearer {access_token_for(user)}")
        return client

    return sign_in
