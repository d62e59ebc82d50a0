"""Settings that are dangerous on a public site are found."""

import pytest
from django.conf import settings as django_settings

from sidepro.operation import checks

GOOD_KEY = "b7J-q2fX9_mZ4sLw8RtY1cVn6KdH3gPa5EoU0iTzQeSxWjBhMy"
GOOD = {
    "DEBUG": False,
    "FRONTEND_URL": "https://sidepro.example",
    "SECRET_KEY": GOOD_KEY,
    "SECRET_KEY_FALLBACKS": [],
    "ALLOWED_HOSTS": ["sidepro.example"],
    "REDIS_URL": "redis://redis:6379/0",
    "AWS_STORAGE_BUCKET_NAME": "uploads",
    "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
    "SESSION_COOKIE_SECURE": True,
    "REST_FRAMEWORK": {"NUM_PROXIES": 1},
    "DATABASES": {"default": {"ENGINE": "django.db.backends.postgresql"}},
}


@pytest.fixture
def found(monkeypatch):
    """The ids that the checks find in valid settings with these changes."""

    def check(**changes):
        for name, value in (GOOD | changes).items():
            monkeypatch.setattr(django_settings, name, value)
        return [message.id for message in [*checks.public_site(), *checks.folders()]]

    return check


def test_sound_settings_are_left_alone(found):
    assert found() == []


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"DEBUG": True}, "sidepro.E001"),
        ({"SECRET_KEY": "x" * 60}, "sidepro.E003"),
        ({"SECRET_KEY": GOOD_KEY[:49]}, "sidepro.E003"),
        ({"SECRET_KEY": "django-insecure-" + GOOD_KEY}, "sidepro.E003"),
        ({"SECRET_KEY": "embedded-mode-only-never-in-production" * 2}, "sidepro.E003"),
        ({"SECRET_KEY_FALLBACKS": ["short"]}, "sidepro.E003"),
        ({"REDIS_URL": ""}, "sidepro.E004"),
        ({"FRONTEND_URL": "http://sidepro.example"}, "sidepro.E005"),
        ({"FRONTEND_URL": "https://"}, "sidepro.E006"),
        ({"ALLOWED_HOSTS": ["*"]}, "sidepro.E007"),
        (
            {"DATABASES": {"default": {"ENGINE": "django.db.backends.sqlite3"}}},
            "sidepro.W001",
        ),
        ({"AWS_STORAGE_BUCKET_NAME": ""}, "sidepro.W002"),
        ({"EMAIL_BACKEND": "sidepro.mailbox.EmailBackend"}, "sidepro.W003"),
        (
            {"FRONTEND_URL": "http://sidepro.example", "SESSION_COOKIE_SECURE": False},
            "sidepro.W004",
        ),
        ({"REST_FRAMEWORK": {"NUM_PROXIES": 0}}, "sidepro.W005"),
    ],
)
def test_each_dangerous_setting_is_found(found, changes, expected):
    assert found(**changes) == [expected]


def test_uploads_that_cannot_be_written_are_found(found, tmp_path):
    (tmp_path / "file").write_text("in the way")
    changes = {"AWS_STORAGE_BUCKET_NAME": "", "MEDIA_ROOT": tmp_path / "file" / "media"}
    assert "sidepro.E002" in found(**changes)


def test_the_embedded_mode_raises_nothing(found):
    assert found(DEBUG=True, FRONTEND_URL="http://localhost:8000", REDIS_URL="") == []
