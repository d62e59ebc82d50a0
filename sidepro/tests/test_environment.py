"""A wrong setting ends the program with one sentence that names it."""

import os
import runpy
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from sidepro import environment

WRONG = [
    ("DEBUG", "maybe"),
    ("VAR_DIR", "/proc/nowhere"),
    ("ALLOWED_HOSTS", "https://sidepro.example"),
    ("ALLOWED_HOSTS", "sidepro.example, a host"),
    ("ALLOWED_HOSTS", "sidepro.example:8000"),
    ("FRONTEND_URL", "https://sidepro.example/app"),
    ("FRONTEND_URL", "sidepro.example"),
    ("FRONTEND_URL", "ftp://sidepro.example"),
    ("FRONTEND_URL", "https://user@sidepro.example"),
    ("CORS_ALLOWED_ORIGINS", "https://a.example,b.example"),
    ("CORS_ALLOWED_ORIGINS", "https://a.example/path"),
    ("SECURE_SSL_REDIRECT", "sometimes"),
    ("SECURE_HSTS_SECONDS", "-1"),
    ("COOKIES_SECURE", "2"),
    ("DATABASE_URL", "sidepro"),
    ("DATABASE_URL", "mysql://u:p@db/sidepro"),
    ("DATABASE_URL", "postgres://u:p@db:port/sidepro"),
    ("DATABASE_URL", "postgres://u:p@db:70000/sidepro"),
    ("DATABASE_URL", "postgres://u:p#w@db/sidepro"),
    ("DATABASE_URL", "postgres://u:p/w@db/sidepro"),
    ("DATABASE_URL", "postgres://u:p@db"),
    ("DATABASE_URL", "sqlite:////nowhere/at/all.sqlite3"),
    ("BIND", "everywhere"),
    ("WEB_CONCURRENCY", "0"),
    ("WEB_CONCURRENCY", "two"),
    ("CONN_MAX_AGE", "1.5"),
    ("CONN_MAX_AGE", "-1"),
    ("STATEMENT_TIMEOUT", "10s"),
    ("REDIS_URL", "redis:6379"),
    ("REDIS_URL", "redis://:p/w@redis:6379/0"),
    ("REDIS_URL", "redis://:p w@redis:6379/0"),
    ("REDIS_URL", "redis://redis:6379/first"),
    ("ACCESS_TOKEN_MINUTES", "-5"),
    ("REFRESH_TOKEN_DAYS", "two"),
    ("EMAIL_URL", "mail.example"),
    ("EMAIL_URL", "smtp://user:p@mail.example:smtp"),
    ("EMAIL_BACKEND", "django.core.mail.backends.nothing.EmailBackend"),
    ("EMAIL_VERIFICATION", "maybe"),
    ("DEFAULT_FROM_EMAIL", "SidePro"),
    ("VAPID_PUBLIC_KEY", "short"),
    ("VAPID_PRIVATE_KEY", "short"),
    ("NUM_PROXIES", "-1"),
    ("THROTTLE_AVAILABILITY", "60"),
    ("THROTTLE_LOGIN", "0/min"),
    ("THROTTLE_LOGIN_ADDRESS", "10/fortnight"),
    ("THROTTLE_PASSWORD_RESET", "often"),
    ("THROTTLE_EMAIL_VERIFY", "60 each hour"),
    ("THROTTLE_EMAIL_SEND", "none"),
    ("THROTTLE_IMAGES", "1e3/min"),
    ("THROTTLE_REPORTS", "30 a day"),
    ("THROTTLE_REGISTER", "some"),
    ("THROTTLE_MARKDOWN", "fast"),
    ("THROTTLE_DRAFTS", "fast"),
    ("THROTTLE_SKILL_SUGGESTIONS", "5/"),
    ("THROTTLE_WRITE", "/min"),
    ("THROTTLE_SEARCH", "many"),
    ("CHAT_FRAMES_PER_SECOND", "0"),
    ("CHAT_FRAMES_BURST", "many"),
    ("CHAT_SOCKETS_PER_USER", "0"),
    ("CHAT_SOCKETS_PER_USER", "²"),
    ("AWS_STORAGE_BUCKET_NAME", "s3://uploads"),
    ("BACKUP_BUCKET_NAME", "Backups"),
    ("BACKUP_KEEP_DAYS", "0"),
    ("AWS_S3_ENDPOINT_URL", "s3.example:9000"),
    ("AWS_S3_REGION_NAME", "Seoul, Korea"),
    ("AWS_S3_CUSTOM_DOMAIN", "https://cdn.example"),
    ("SIMILARITY_DIR", "/proc/nowhere"),
    ("SIMILARITY_DIR", "s3:///prefix"),
    ("SIMILARITY_STATE_DIR", "/dev/null/state"),
    ("SIMILARITY_K", "0"),
    ("SIMILARITY_TASTE_K", "-1"),
    ("SIMILARITY_DASK", "scheduler:8786"),
    ("LOG_LEVEL", "loud"),
    ("METRICS_TOKEN", "two words"),
    ("SECURITY_CONTACT", "security@sidepro.example"),
    ("TERMS_URL", "terms.html"),
    ("PRIVACY_URL", "javascript:alert(1)"),
    ("SENTRY_DSN", "https://sentry.example"),
    ("SENTRY_ENVIRONMENT", "a/b"),
]
UNCHECKED = {
    "SECRET_KEY",
    "SECRET_KEY_FALLBACKS",
    "CRONTAB_COMMAND_PREFIX",
    "CRONTAB_EXECUTABLE",
}  # any text will do
PRODUCTION = {
    "DEBUG": "false",
    "SECRET_KEY": "b7J-q2fX9_mZ4sLw8RtY1cVn6KdH3gPa5EoU0iTzQeSxWjBhMy",
    "ALLOWED_HOSTS": "sidepro.example",
    "DATABASE_URL": "postgres://sidepro:p%23w@db:5432/sidepro?sslmode=require",
}


def load(monkeypatch, **variables):
    """The settings with just these variables set."""
    for name in environment.known:
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    return runpy.run_path(str(Path(settings.BASE_DIR) / "sidepro" / "settings.py"))


@pytest.mark.parametrize(("name", "value"), WRONG)
def test_a_wrong_value_is_refused_in_a_sentence_that_names_the_variable(monkeypatch, name, value):
    with pytest.raises(ImproperlyConfigured, match=f"^{name}: [^\n]+\\.$"):
        load(monkeypatch, **{name: value})


def test_every_variable_of_the_settings_has_a_wrong_value_above(monkeypatch):
    environment.known.clear()
    load(monkeypatch)
    assert environment.known - UNCHECKED == {name for name, _ in WRONG}


@pytest.mark.parametrize("missing", ["SECRET_KEY", "ALLOWED_HOSTS", "DATABASE_URL"])
@pytest.mark.parametrize("as_blank", [True, False])
def test_production_needs_what_the_embedded_mode_makes_up(monkeypatch, missing, as_blank):
    variables = PRODUCTION | {missing: " "}
    if not as_blank:
        del variables[missing]
    with pytest.raises(ImproperlyConfigured, match=f"^{missing}: must be set when DEBUG is off"):
        load(monkeypatch, **variables)


def test_what_is_right_is_taken_as_it_is_meant(monkeypatch):
    values = load(
        monkeypatch,
        **PRODUCTION,
        REDIS_URL="rediss://:p%23w@redis:6379/0",
        EMAIL_URL="smtp+tls://user:p%40ss@mail.example:587",
        LOG_LEVEL="warning",
        FRONTEND_URL="https://sidepro.example/",
        AWS_S3_CUSTOM_DOMAIN="cdn.example/uploads",
        CORS_ALLOWED_ORIGINS="https://a.example, https://b.example:8443",
    )
    assert values["DEBUG"] is False
    assert values["DATABASES"]["default"]["PASSWORD"] == "p#w"
    assert values["DATABASES"]["default"]["OPTIONS"]["sslmode"] == "require"
    assert (values["EMAIL_HOST_PASSWORD"], values["EMAIL_PORT"]) == ("p@ss", 587)
    assert values["EMAIL_VERIFICATION"] == "required"
    assert values["LOGGING"]["root"]["level"] == "WARNING"
    assert values["FRONTEND_URL"] == "https://sidepro.example"
    assert values["CORS_ALLOWED_ORIGINS"] == ["https://a.example", "https://b.example:8443"]


def test_of_the_two_keys_of_web_push_the_missing_one_is_named(monkeypatch):
    with pytest.raises(ImproperlyConfigured, match=r"^VAPID_PRIVATE_KEY: must be set"):
        load(monkeypatch, VAPID_PUBLIC_KEY="B" * 87)


def test_a_key_that_begins_with_a_dollar_sign_is_that_key(monkeypatch):
    assert load(monkeypatch, SECRET_KEY="$ECRET")["SECRET_KEY"] == "$ECRET"


def test_a_password_is_not_said(monkeypatch):
    for address in ("postgres://u:hunter2#@db/x", "postgres://u:hunter2@db:x/x", "hunter2"):
        with pytest.raises(ImproperlyConfigured) as error:
            load(monkeypatch, DATABASE_URL=address)
        assert "hunter2" not in str(error.value)


PROGRAMS = {
    "check": ["manage.py", "check"],
    "cron": ["manage.py", "crontab", "run", "0"],
    "gunicorn": ["-m", "gunicorn", "sidepro.wsgi", "-b", "127.0.0.1:0"],
    "daphne": ["-m", "daphne", "-p", "0", "sidepro.asgi:application"],
}


@pytest.mark.parametrize("program", PROGRAMS)
@pytest.mark.parametrize(("name", "value"), [("CONN_MAX_AGE", "abc"), ("WEB_CONCURRENCY", "0")])
def test_no_program_starts_and_the_last_line_says_why(program, name, value, tmp_path):
    variables = os.environ | PRODUCTION | {"VAR_DIR": str(tmp_path), name: value}
    run = subprocess.run(
        [sys.executable, *PROGRAMS[program]],
        cwd=settings.BASE_DIR,
        env=variables,
        capture_output=True,
        text=True,
        timeout=30,
    )
    assert run.returncode != 0
    assert run.stderr.strip().splitlines()[-1].startswith(f"{name}: ")
    assert "Traceback" not in run.stderr + run.stdout
