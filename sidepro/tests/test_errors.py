"""Errors have one shape, also where no view answers."""

import json

import pytest
from django.db import OperationalError
from django.test import Client


@pytest.mark.parametrize("method", ["get", "post", "put", "patch", "delete"])
@pytest.mark.parametrize("path", ["/api/v1/nothing/", "/api/v1/projects", "/api"])
def test_unknown_addresses_are_404_in_the_one_shape(db, method, path):
    response = getattr(Client(enforce_csrf_checks=True), method)(path)
    assert response.status_code == 404
    assert response.json()["errors"][0]["code"] == "not_found"


@pytest.mark.parametrize("path", ["/media/images/x.webp", "/", "/projects"])
def test_files_and_pages_are_for_reading_only(db, path):
    response = Client(enforce_csrf_checks=True).post(path)
    assert (response.status_code, response["Allow"]) == (405, "GET, HEAD")


def test_an_unknown_host_is_400_in_the_one_shape(db, settings):
    settings.DEBUG = False
    response = Client(headers={"host": "evil.example"}).get("/api/v1/skills/")
    assert response.status_code == 400
    assert response.json()["errors"][0]["code"] == "bad_request"


def test_a_database_that_does_not_answer_is_503(api, db, monkeypatch, caplog):
    def broken(*args, **kwargs):
        raise OperationalError("server closed the connection")

    monkeypatch.setattr("project.models.ProjectQuerySet.for_board", broken)
    api.raise_request_exception = False
    response = api.get("/api/v1/projects/")
    assert response.status_code == 503
    assert "server closed" not in response.content.decode()
    assert "A service does not answer" in caplog.text


def test_a_defect_is_500_in_the_one_shape_and_tells_nothing(api, db, settings, monkeypatch):
    def broken(*args, **kwargs):
        raise ZeroDivisionError("secret")

    settings.DEBUG = False
    monkeypatch.setattr("project.models.ProjectQuerySet.for_board", broken)
    api.raise_request_exception = False
    response = api.get("/api/v1/projects/")
    assert response.status_code == 500
    assert json.loads(response.content)["type"] == "server_error"
    assert b"secret" not in response.content
