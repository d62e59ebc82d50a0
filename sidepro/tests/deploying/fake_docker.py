"""Plays Docker for `deploy/deploy`: containers are lines of a file, a tag is what it is named.

Images of the tag `sick` never become healthy, those of `faulty` start well and then answer nothing,
and the migrations of `stuck` fail. `fewest` holds how few healthy replicas a service ever had.
"""

import json
import re
import sys
from pathlib import Path
from typing import Any

HOME = Path.cwd()
STATE = HOME / "state.json"


def wanted_tag() -> str:
    """The tag that .env names."""
    return str(re.findall(r"^TAG=(.*)$", (HOME / ".env").read_text(), re.MULTILINE)[-1])


def ids(state: dict[str, Any], service: str) -> list[str]:
    """The service's containers, oldest first."""
    return [name for name, (kind, _) in state["containers"].items() if kind == service]


def up(state: dict[str, Any], arguments: list[str]) -> bool:
    """Start what is missing; whether all of it is well."""
    tag, well = wanted_tag(), True
    for service in arguments:
        if service not in {"web", "asgi", "nginx", "cron"}:
            continue
        scale = re.search(rf"--scale {service}=(\d+)", " ".join(arguments))
        for _ in range(int(scale[1]) - len(ids(state, service)) if scale else 1):
            state["last"] += 1
            state["containers"][f"c{state['last']}"] = [service, tag]
            well = well and tag != "sick"
    return well or "--wait" not in arguments


def run(state: dict[str, Any], command: list[str]) -> bool:
    """Do what a command says; whether it succeeded."""
    match command:
        case ["compose", "ps", "-q", service]:
            print(*ids(state, service), sep="\n", end="\n" if ids(state, service) else "")
        case ["compose", "up", *arguments]:
            return up(state, arguments)
        case ["compose", "exec", *_]:
            tags = {tag for kind, tag in state["containers"].values() if kind in {"web", "asgi"}}
            return not tags & {"sick", "faulty"}
        case ["compose", "run", "--rm", "migrate"]:
            return wanted_tag() != "stuck"
        case ["rm", container]:
            service = state["containers"].pop(container)[0]
            well = [c for c in ids(state, service) if state["containers"][c][1] != "sick"]
            state["fewest"][service] = min(state["fewest"].get(service, 99), len(well))
    return True


if __name__ == "__main__":
    now = json.loads(STATE.read_text())
    succeeded = run(now, sys.argv[1:])
    STATE.write_text(json.dumps(now))
    sys.exit(not succeeded)
