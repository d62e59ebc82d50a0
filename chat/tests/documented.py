"""The frames as asyncapi.yaml documents them."""

from pathlib import Path
from typing import Any

import yaml
from jsonschema import Draft202012Validator

DOCUMENT = yaml.safe_load((Path(__file__).parents[1] / "asyncapi.yaml").read_text("utf-8"))


def frames(operation: str) -> dict[str, dict[str, Any]]:
    """The messages of an operation by the `type` of their frames."""
    messages = DOCUMENT["components"]["messages"]
    names = [
        link["$ref"].rpartition("/")[2] for link in DOCUMENT["operations"][operation]["messages"]
    ]
    return {
        messages[name]["payload"]["properties"]["type"]["const"]: messages[name] for name in names
    }


def check(operation: str, frame: dict[str, Any]) -> None:
    """Raises ValidationError (jsonschema) for a frame that is not as documented."""
    message = frames(operation)[frame["type"]]
    schema = {**message["payload"], "components": DOCUMENT["components"]}
    Draft202012Validator(schema).validate(frame)
