"""The API's documentation: whole, up to date and reachable."""

from pathlib import Path

from django.core.management import call_command
from django.urls import URLResolver, get_resolver

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
