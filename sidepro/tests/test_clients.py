"""A client that is generated from the API's schema works."""

from importlib import import_module
from typing import Any

import pytest
from openapi_python_client import generate
from openapi_python_client.config import Config, ConfigFile, MetaType

from sidepro.tests.test_schema import SCHEMA
from user.tests.factories import PASSWORD, UserFactory


@pytest.fixture
def client_package(tmp_path, monkeypatch) -> str:
    """The name of a package that was generated from the schema."""
    config = Config.from_sources(
        ConfigFile(post_hooks=[]),
        MetaType.NONE,
        SCHEMA,
        file_encoding="utf-8",
        overwrite=False,
        output_path=tmp_path / "generated_client",
    )
    errors = generate(config=config)
    assert not errors, errors
    monkeypatch.syspath_prepend(tmp_path)
    return "generated_client"


def test_a_generated_python_client_logs_in_lists_and_publishes(client_package, live_server):
    def part(name: str) -> Any:
        return import_module(f"{client_package}.{name}")

    def call(name: str, client: Any, **arguments: Any) -> Any:
        answer = part(f"api.{name}").sync_detailed(client=client, **arguments)
        assert answer.status_code < 300, answer.content
        return answer.parsed

    owner = UserFactory(username="owner")
    models = part("models")
    with part("client").Client(base_url=live_server.url) as visitor:
        token = call(
            "auth.auth_token_create",
            visitor,
            body=models.LoginRequest(email=owner.email, password=PASSWORD),
            x_client="native",
        )
    signed_in = part("client").AuthenticatedClient(base_url=live_server.url, token=token.access)
    with signed_in as client:
        made = call(
            "projects.projects_create",
            client,
            body=models.ProjectRequest(title="밤부엉이", skills=[]),
        )
        listed = call("projects.projects_list", client)
        assert [card.id for card in listed.results] == [made.id]
        seen = call("projects.projects_retrieve", client, id=made.id)
        assert (seen.title, seen.editable, seen.author.username) == ("밤부엉이", True, "owner")
