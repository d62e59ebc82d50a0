"""The API's documentation: whole, up to date and reachable."""

from pathlib import Path

import yaml
from django.core.management import call_command
from django.urls import URLResolver, get_resolver
from jsonschema import Draft202012Validator

from sidepro.openapi import EXAMPLES

SCHEMA = Path(__file__).parent.parent / "schema.yaml"


def test_the_schema_in_the_repository_is_up_to_date(tmp_path):
    fresh = tmp_path / "schema.yaml"
    call_command("spectacular", "--validate", "--fail-on-warn", "--file", str(fresh))
    message = "run: manage.py spectacular --file sidepro/schema.yaml"
    assert fresh.read_text() == SCHEMA.read_text(), message


def test_every_route_of_the_api_is_documented():
    """Each path under `/api/v1/` stands in the schema, whatever its converters are called."""

    def routes(resolver, prefix=""):
        for pattern in resolver.url_patterns:
            route = prefix + str(pattern.pattern)
            if isinstance(pattern, URLResolver):
                yield from routes(pattern, route)
            elif route.startswith("api/v1/"):
                yield route

    documented = SCHEMA.read_text().count("\n  /api/v1/")
    assert len(set(routes(get_resolver()))) == documented


def test_the_documentation_pages_answer(api, db):
    assert api.get("/api/schema/").status_code == 200
    page = api.get("/api/docs/").content.decode()
    assert "swagger" in page
    assert "<script>" not in page, "the content security policy refuses inline scripts"


def test_the_frames_of_the_sockets_are_described_beside_it(api, db):
    answer = api.get("/api/docs/asyncapi.yaml")
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/yaml; charset=utf-8")
    assert yaml.safe_load(answer.content)["asyncapi"] == "3.0.0"
    assert "/api/docs/asyncapi.yaml" in SCHEMA.read_text()
    again = api.get("/api/docs/asyncapi.yaml", headers={"If-None-Match": answer["ETag"]})
    assert again.status_code == 304


def test_examples_are_what_the_schema_allows():
    schema = yaml.safe_load(SCHEMA.read_text())
    for name, example in EXAMPLES.items():
        component = {**schema["components"]["schemas"][name], "components": schema["components"]}
        assert component["example"] == example
        Draft202012Validator(component).validate(example)


def test_every_tag_is_explained():
    schema = yaml.safe_load(SCHEMA.read_text())
    operations = [one for path in schema["paths"].values() for one in path.values()]
    assert {tag for one in operations for tag in one["tags"]} == {
        tag["name"] for tag in schema["tags"]
    }
    assert schema["servers"]
