"""Logs: their form, their request ids, and what must not stand in them."""

import json
import logging

import pytest
from channels.db import database_sync_to_async

from chat.tests.client import Client
from sidepro.management.commands.run_cronjobs import run
from sidepro.operation import logs
from user.tests.factories import access_token_for

FORMATTER = logs.JsonLineFormatter("{levelname}{message}{request_id}", style="{")


def line(message, *args, **extra):
    """One record as production writes it."""
    record = logging.LogRecord("sidepro", logging.INFO, __file__, 1, message, args, None)
    logs.RequestIdFilter().filter(record)
    vars(record).update(extra)
    return json.loads(FORMATTER.format(record))


class Collected(logging.Handler):
    """Keeps records with their request ids."""

    def __init__(self):
        super().__init__()
        self.records = []
        self.addFilter(logs.RequestIdFilter())

    def emit(self, record):
        self.records.append(record)


@pytest.fixture
def collected():
    """What `sidepro` and what is beneath it logs."""
    handler = Collected()
    loggers = [logging.getLogger(name) for name in ("sidepro", "sidepro.access")]
    levels = [logger.level for logger in loggers]
    loggers[0].addHandler(handler)
    for logger in loggers:
        logger.setLevel(logging.INFO)
    yield handler.records
    loggers[0].removeHandler(handler)
    for logger, level in zip(loggers, levels, strict=True):
        logger.setLevel(level)


def test_a_line_is_one_json_object_whatever_people_wrote():
    found = line('나쁜\n{"level": "ERROR"} %s', "글")
    assert found["message"] == '나쁜\n{"level": "ERROR"} 글'
    assert found["levelname"] == "INFO"
    assert found["request_id"] == logs.PROCESS_ID


@pytest.mark.parametrize(
    "text",
    [
        "postgres://sidepro:hunter2@db:5432/sidepro is away",
        "redis://:hunter2@redis:6379",
        "Authorization: Bearer hunter2",
        "{'authorization': 'Bearer hunter2'}",
        "offered sidepro.chat.v1, bearer.hunter2",
        "password=hunter2",
        '{"password": "hunter2"}',
        "SECRET_KEY='hunter2'",
        "AWS_SECRET_ACCESS_KEY: hunter2",
        "Cookie: sidepro_refresh=hunter2; sessionid=hunter2",
        "/reset?uid=3&token=hunter2&x=1",
        "eyJhbGciOiJIUzI1NiJ9.hunter2.signature",
    ],
)
def test_secrets_are_masked(text):
    assert "hunter2" not in logs.mask(text)
    assert logs.MASK in logs.mask(text)


@pytest.mark.parametrize(
    "text", ["GET /api/v1/auth/token/refresh/ 200", "http://localhost:8000/", "3 messages: 안녕"]
)
def test_what_is_no_secret_is_kept(text):
    assert logs.mask(text) == text


def test_secrets_in_fields_and_tracebacks_are_masked():
    try:
        raise ValueError("postgres://sidepro:hunter2@db/sidepro")
    except ValueError as error:
        found = line("failed", exc_info=(ValueError, error, error.__traceback__), api_key="hunter2")
    assert "hunter2" not in json.dumps(found)
    assert "ValueError" in found["exc_info"]


def test_a_sound_request_id_is_kept_and_returned(api, collected, db):
    response = api.get("/api/v1/skills/", headers={"X-Request-ID": "nginx-0123456789"})
    assert response["X-Request-ID"] == "nginx-0123456789"
    assert [record.request_id for record in collected] == ["nginx-0123456789"]


@pytest.mark.parametrize("offered", ["short", "x" * 65, "with space 123", "줄바꿈입니다여덟", ""])
def test_a_strange_request_id_is_replaced(api, db, offered):
    with logs.request_id(offered) as chosen:
        assert chosen != offered
        assert logs.REQUEST_ID.fullmatch(chosen)
    assert logs.current_id() == logs.PROCESS_ID


def test_the_access_log_tells_the_view_and_never_the_query(api, collected, db):
    api.get("/api/v1/auth/availability/?email=somebody@example.com")
    (record,) = collected
    assert record.status == 200
    assert record.view == "availability"
    assert "somebody" not in record.getMessage()


def test_each_run_of_a_job_has_an_id_of_its_own(collected, db):
    run("sidepro.no_such_module.job")
    run("sidepro.no_such_module.job")
    ids = {record.request_id for record in collected}
    assert len(ids) == 2
    assert logs.PROCESS_ID not in ids


@pytest.mark.django_db(transaction=True)
async def test_a_socket_logs_under_the_id_of_its_handshake(owner, collected):
    token = await database_sync_to_async(access_token_for)(owner)
    client = Client("/ws/inbox/", str(token))
    client.scope["headers"].append((b"x-request-id", b"nginx-0123456789"))
    await client.connect()
    await client.disconnect()
    assert {record.request_id for record in collected} == {"nginx-0123456789"}
    assert collected[0].getMessage() == "Socket /ws/inbox/ opened"
    assert str(token) not in str([vars(record) for record in collected])
