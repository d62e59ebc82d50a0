"""Dashboard and alerts ask for numbers that there are, and the runbook explains every alert."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from prometheus_client.parser import text_string_to_metric_families

from ai.similarity.job import build_similarity

ROOT = Path(__file__).resolve().parents[3]
MONITORING = ROOT / "deploy" / "monitoring"
DASHBOARD: dict[str, Any] = json.loads((MONITORING / "dashboard.json").read_text("utf-8"))
(GROUP,) = yaml.safe_load((MONITORING / "alerts.yaml").read_text("utf-8"))["groups"]
RULES: list[dict[str, Any]] = GROUP["rules"]
ASKED = [target["expr"] for panel in DASHBOARD["panels"] for target in panel["targets"]]


@pytest.fixture
def offered(api, owner):
    """The names of everything that `/metrics` tells."""
    build_similarity()
    api.get("/api/v1/skills/")
    families = text_string_to_metric_families(api.get("/metrics").content.decode())
    names = set()
    for family in families:
        if family.type == "counter":
            names.add(f"{family.name}_total")
        elif family.type == "histogram":
            names |= {f"{family.name}_{end}" for end in ("bucket", "count", "sum")}
        else:
            names.add(family.name)
    return names


@pytest.mark.parametrize("expression", [*ASKED, *(rule["expr"] for rule in RULES)])
def test_every_number_that_is_asked_for_is_offered(offered, expression):
    assert set(re.findall(r"\b(?:sidepro|process|python)_\w+", expression)) <= offered


def test_every_number_of_ours_is_on_the_dashboard(offered):
    shown = set(re.findall(r"sidepro_\w+", " ".join(ASKED)))
    families = {re.sub(r"(_total)?_(bucket|count|sum|created)$", "", name) for name in offered}
    ours = {name for name in families if name.startswith("sidepro_")}
    assert {name for name in ours if not any(s.startswith(name) for s in shown)} == {
        "sidepro_similarity_ok"  # which an alert watches
    }


def test_panels_stand_beside_each_other():
    cells = [
        (x, y)
        for panel in DASHBOARD["panels"]
        for place in [panel["gridPos"]]
        for x in range(place["x"], place["x"] + place["w"])
        for y in range(place["y"], place["y"] + place["h"])
    ]
    assert len(cells) == len(set(cells))
    assert max(x for x, _ in cells) < 24


def test_the_runbook_explains_every_alert_and_no_other():
    page = (ROOT / "deploy" / "README.md").read_text("utf-8")
    runbook = page.partition("## What each alert means")[2].partition("\n## ")[0]
    explained = re.findall(r"^\| `(\w+)` \|", runbook, re.MULTILINE)
    assert sorted(explained) == sorted(rule["alert"] for rule in RULES)


def test_prometheus_asks_every_replica_of_both_servers_under_the_name_that_alerts_use():
    config = yaml.safe_load((MONITORING / "prometheus.yaml").read_text("utf-8"))
    (job,) = config["scrape_configs"]
    (found,) = job["dns_sd_configs"]
    assert (found["names"], found["type"], found["port"]) == (["web", "asgi"], "A", 8000)
    named = {name for rule in RULES for name in re.findall(r'job="(\w+)"', rule["expr"])}
    assert named == {job["job_name"]}
    assert config["rule_files"] == ["alerts.yaml"]
