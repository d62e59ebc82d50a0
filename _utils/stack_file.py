"""docker-compose.yaml as `docker stack deploy` takes it, for several machines (deploy/README.md).

    set -a; . ./.env; set +a
    python _utils/stack_file.py | docker stack deploy -c - sidepro

A stack file has no profiles, and its services start in any order: what waits for the migrations
under Compose asks the database here whether they have been run.
"""

from pathlib import Path
from typing import Any

import yaml

COMPOSE_FILE = Path(__file__).resolve().parent.parent / "docker-compose.yaml"
# `$$` is one `$` in a stack file; what follows the script's name are the server's own words.
WAIT_FOR_MIGRATIONS = [
    "sh",
    "-c",
    'until python manage.py migrate --check >&2; do sleep 2; done; exec "$$@"',
    "wait-for-migrations",
]
# What a stack deals with by itself (the order of starting, restarts, where images come from), and
# what it does not know: "no-new-privileges" is the Docker daemon's setting on each machine.
NOT_IN_A_STACK = {"build", "depends_on", "restart", "security_opt"}


class _Dumper(yaml.SafeDumper):
    """Writes what is used twice twice."""

    def ignore_aliases(self, data: Any) -> bool:
        """No anchors: the reader may not know them."""
        return True


def stack(compose: dict[str, Any]) -> dict[str, Any]:
    """The stack of a Compose file; services of a profile (db, certbot) are left out."""
    services = {
        name: _stack_service(service)
        for name, service in compose["services"].items()
        if "profiles" not in service
    }
    return {
        "version": "3.8",
        "services": services,
        "networks": compose["networks"],
        "volumes": {
            name: options
            for name, options in compose["volumes"].items()
            if any(_mounts(service, name) for service in services.values())
        },
    }


def _stack_service(service: dict[str, Any]) -> dict[str, Any]:
    kept = {key: value for key, value in service.items() if key not in NOT_IN_A_STACK}
    if "migrate" in service.get("depends_on", {}):
        kept["command"] = [*WAIT_FOR_MIGRATIONS, *service["command"]]
    return kept


def _mounts(service: dict[str, Any], volume: str) -> bool:
    return any(mount.split(":")[0] == volume for mount in service.get("volumes", []))


if __name__ == "__main__":
    print(yaml.dump(stack(yaml.safe_load(COMPOSE_FILE.read_text("utf-8"))), Dumper=_Dumper), end="")
