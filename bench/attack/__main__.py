"""Print the table: `python -m bench.attack [--root PLACE] [NAME…]`."""

import argparse
import time
from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager
from functools import partial
from pathlib import Path

from bench import attack
from bench.attack import log_out, pictures, requests, sockets
from bench.attack.site import Person, Site, cpu_of, memory_of, prepare, web, web_and_sockets
from bench.servers import ROOT

HTTP = [*requests.ATTACKS, *pictures.ATTACKS]
SOCKETS = [*sockets.ATTACKS, *log_out.ATTACKS]


def run(
    attacks: Iterable[Callable[[Site, Person], str]],
    servers: Callable[[], AbstractContextManager[Site]],
) -> None:
    """A row for each attack, on servers that were just started for it."""
    for one in attacks:
        with servers() as site, site.person() as me:
            started, worked = time.perf_counter(), cpu_of(site.pid)
            said = one(site, me)
            seconds, cpu = time.perf_counter() - started, cpu_of(site.pid) - worked
            print(
                f"{one.__name__:26}{seconds:8.1f}{cpu:7.1f}{memory_of(site.pid):6}  {said}",
                flush=True,
            )


def main() -> None:
    """Attack what was named, or everything."""
    parser = argparse.ArgumentParser(
        description=attack.__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--root", type=Path, default=ROOT)
    names = [one.__name__ for one in [*HTTP, *SOCKETS]]
    parser.add_argument("attacks", nargs="*", metavar="NAME", help=", ".join(names))
    options = parser.parse_args()
    if unknown := set(options.attacks) - set(names):
        parser.error(f"no such attacks: {', '.join(sorted(unknown))}")
    asked = options.attacks or names
    prepare(options.root)
    print(f"{'attack':26}{'seconds':>8}{'CPU':>7}{'MB':>6}  answers", flush=True)
    for attacks, servers in ((HTTP, web), (SOCKETS, web_and_sockets)):
        run([one for one in attacks if one.__name__ in asked], partial(servers, options.root))


if __name__ == "__main__":
    main()
