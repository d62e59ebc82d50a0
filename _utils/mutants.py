"""Mutation tests: break one thing in a module, run its tests, and see whether they notice.

`python -m _utils.mutants [module…]`; `mutants.toml` says which tests belong to which module, and
why a mutant may survive. Fails where one survives without a reason, or more than a tenth.

The changes are mutmut's. Its runner leaves out decorated functions, which are most services, and
a process for each mutant takes ten seconds to start; so the tests are loaded once, and each mutant
is a fork in which the function has other code. Whatever stands outside functions is left alone.

Modules of the front end are tried by Stryker, which `frontend/mutants` installs and sets up.
"""

import difflib
import gc
import json
import os
import re
import signal
import subprocess
import sys
import time
import tomllib
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from types import CodeType, FunctionType
from typing import Any

import coverage
import libcst as cst
import libcst.matchers as m
import pytest
from _pytest.runner import runtestprotocol
from asgiref.sync import SyncToAsync
from libcst.metadata import MetadataWrapper, PositionProvider
from mutmut.mutation.mutators import mutation_operators

ROOT = Path(__file__).resolve().parents[1]
CONFIG = ROOT / "_utils/mutants.toml"
FRONT_END = ROOT / "frontend"
REPORT = FRONT_END / "test-results/mutants.json"
LEAST_KILLED = 0.9
# The line that begins a function or a method, in TypeScript as Biome formats it.
HEAD = re.compile(r"(?:  )?(?:(?:export|private|readonly|async|get|function) )*(\w+)(?: = )?\(")


@dataclass(frozen=True)
class Mutant:
    """A function with one change."""

    function: str  # its qualified name
    change: str  # the lines before and after, which name the mutant whatever moves around it
    code: CodeType
    lines: range


class Changes(cst.CSTVisitor):
    """Collects what may be changed: expressions and statements inside of functions."""

    METADATA_DEPENDENCIES = (PositionProvider,)

    def __init__(self) -> None:
        super().__init__()
        self.scopes: list[str] = []
        self.depth = 0  # functions around the node
        self.found: list[tuple[str, range, cst.CSTNode, cst.CSTNode]] = []

    def on_visit(self, node: cst.CSTNode) -> bool:
        """Whether to look inside."""
        if isinstance(node, cst.Annotation | cst.Decorator | cst.Parameters) or is_wording(node):
            return False
        if isinstance(node, cst.FunctionDef | cst.ClassDef):
            if not self.depth:
                self.scopes.append(node.name.value)
            self.depth += isinstance(node, cst.FunctionDef)
        elif self.depth:
            place = self.get_metadata(PositionProvider, node)
            lines = range(place.start.line, place.end.line + 1)
            for kind, operator in mutation_operators:
                if isinstance(node, kind):
                    name = ".".join(self.scopes)
                    self.found += [(name, lines, node, changed) for changed in operator(node)]
        return True

    def on_leave(self, original_node: cst.CSTNode) -> None:
        """Out of a function or a class."""
        if isinstance(original_node, cst.FunctionDef | cst.ClassDef):
            self.depth -= isinstance(original_node, cst.FunctionDef)
            if not self.depth:
                self.scopes.pop()


def is_wording(node: cst.CSTNode) -> bool:
    """Whether it is a line of the log, or an exception's text: nothing relies on how they read."""
    log = m.Call(func=m.Attribute(value=m.Name("logger")))
    text = m.Raise(exc=m.Call(args=[m.Arg(m.SimpleString() | m.FormattedString())]))
    return bool(m.matches(node, log | text))


def functions_of(code: CodeType) -> Iterator[CodeType]:
    """The functions of a module and of its classes."""
    for part in code.co_consts:
        if isinstance(part, CodeType):
            if "<locals>" not in part.co_qualname:
                yield part
            yield from functions_of(part)


def described(before: list[str], after: str) -> str:
    """The lines that differ."""
    lines = list(difflib.ndiff(before, after.splitlines()))
    old, new = (
        " ".join(line[2:].strip() for line in lines if line.startswith(sign)) for sign in "-+"
    )
    return f"{old} → {new}"


def mutants_of(path: Path) -> Iterator[Mutant]:
    """All mutants of a module, none of which does the same as the module."""
    source = path.read_text()
    wrapper = MetadataWrapper(cst.parse_module(source))
    changes = Changes()
    wrapper.visit(changes)
    originals = set(functions_of(compile(source, str(path), "exec")))
    for function, lines, before, after in changes.found:
        text = wrapper.module.deep_replace(before, after).code
        try:
            module = compile(text, str(path), "exec")
        except SyntaxError:
            continue
        for code in functions_of(module):
            if code.co_qualname == function and code not in originals:
                yield Mutant(function, described(source.splitlines(), text), code, lines)


class Runner:
    """A pytest plugin: runs the tests once as they are, and then for each mutant those it needs."""

    def __init__(self, path: Path, jobs: int) -> None:
        self.path, self.jobs = path, jobs
        self.mutants = list(mutants_of(path))
        self.survivors: list[Mutant] = []
        self.seconds: dict[str, float] = {}

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Instead of running the tests once."""
        self.session = session
        self.items = {item.nodeid: item for item in session.items}
        self.tests_of = self.observe()
        self.functions: dict[str, list[FunctionType]] = {}
        for thing in gc.get_objects():
            # not isinstance, which would wake lazy objects
            if type(thing) is FunctionType and thing.__code__.co_filename == str(self.path):
                self.functions.setdefault(thing.__qualname__, []).append(thing)
        self.running: dict[int, Mutant] = {}
        for mutant in self.mutants:
            if len(self.running) == self.jobs:
                self.reap()
            self.start(mutant)
        while self.running:
            self.reap()
        return True

    def observe(self) -> dict[int, set[str]]:
        """Run all tests; return which of them come to which line. Raises when one fails."""
        watch = coverage.Coverage(data_file=None, include=[str(self.path)], config_file=False)
        watch.start()
        for name, item in self.items.items():
            watch.switch_context(name)
            begun = time.monotonic()
            if not self.passes(item):
                pytest.exit(f"{name} fails without any change", 2)
            self.seconds[name] = time.monotonic() - begun
        watch.stop()
        lines = watch.get_data().contexts_by_lineno(str(self.path))
        return {line: set(names) & self.items.keys() for line, names in lines.items()}

    def passes(self, item: pytest.Item) -> bool:
        """Whether a test passes; what lives as long as the session, like the database, stays."""
        session: Any = self.session
        return not any(r.failed for r in runtestprotocol(item, log=False, nextitem=session))

    def start(self, mutant: Mutant) -> None:
        """Fork a process with the mutant, which says by its exit whether a test noticed."""
        names = set().union(*(self.tests_of.get(line, set()) for line in mutant.lines))
        tests = sorted(names, key=self.seconds.__getitem__)
        pid = os.fork()
        if pid:
            self.running[pid] = mutant
            return
        signal.alarm(10 + int(10 * sum(self.seconds[name] for name in tests)))
        quiet = os.open(os.devnull, os.O_WRONLY)
        os.dup2(quiet, 1)
        os.dup2(quiet, 2)
        # Threads do not survive a fork.
        SyncToAsync.single_thread_executor = ThreadPoolExecutor(max_workers=1)
        try:
            for function in self.functions[mutant.function]:
                function.__code__ = mutant.code
            passed = all(self.passes(self.items[name]) for name in tests)
        except BaseException:
            passed = False
        os._exit(not passed)

    def reap(self) -> None:
        """Wait for one of the processes."""
        pid, status = os.wait()
        mutant = self.running.pop(pid)
        if status == 0:
            self.survivors.append(mutant)
            sys.stderr.write(f"survives  {mutant.function}: {mutant.change}\n")


def try_python(module: str, tests: list[str]) -> tuple[int, list[str]]:
    """Try all mutants of a Python module: how many there are, and the names of the survivors."""
    runner = Runner(ROOT / module, jobs=os.cpu_count() or 1)
    options = ["-qq", "-s", "-p", "no:cacheprovider", "-p", "no:randomly"]
    code = pytest.main([*options, *tests], plugins=[runner])
    if code not in (pytest.ExitCode.OK, pytest.ExitCode.NO_TESTS_COLLECTED):
        sys.exit(1)
    return len(runner.mutants), [f"{one.function}: {one.change}" for one in runner.survivors]


def try_front_end(module: str, tests: list[str]) -> tuple[int, list[str]]:
    """Have Stryker try all mutants of a TypeScript module: how many, and the survivors."""
    source, *files = (str(Path(path).relative_to("frontend")) for path in (module, *tests))
    command = ["npm", "--silent", "run", "mutants", "--", "--mutate", source]
    done = subprocess.run([*command, "--testFiles", ",".join(files)], cwd=FRONT_END, check=False)
    if done.returncode:
        sys.exit(done.returncode)
    mutants = json.loads(REPORT.read_text())["files"][source]["mutants"]
    text = (ROOT / module).read_text()
    alive = [one for one in mutants if one["status"] in {"Survived", "NoCoverage"}]
    return len(mutants), [name_in_front_end(one, text) for one in alive]


def name_in_front_end(mutant: dict[str, Any], text: str) -> str:
    """What a mutant of Stryker's changes, in the words of our own: function, lines, lines."""
    lines = text.splitlines(keepends=True)
    begin, end = (
        sum(map(len, lines[: place["line"] - 1])) + place["column"] - 1
        for place in (mutant["location"]["start"], mutant["location"]["end"])
    )
    heads = [head for line in text[:begin].splitlines() if (head := HEAD.match(line))]
    function = heads[-1].group(1) if heads else ""
    changed = text[:begin] + mutant["replacement"] + text[end:]
    return f"{function}: {described(text.splitlines(), changed)}"


def judge(module: str) -> int:
    """Try all mutants of a module; return how many complaints there are."""
    config = tomllib.loads(CONFIG.read_text())
    tests, reasons = config["tests"][module], config["survivors"].get(module, {})
    attempt = try_front_end if module.startswith("frontend/") else try_python
    total, survivors = attempt(module, tests)
    names = set(survivors)
    killed = 1 - len(survivors) / total
    complaints = [f"no reason: {name}" for name in sorted(names - reasons.keys())]
    complaints += [f"does not survive: {name}" for name in sorted(reasons.keys() - names)]
    if killed < LEAST_KILLED:
        complaints.append(f"less than {LEAST_KILLED:.0%} are killed")
    print(f"{module}: {killed:.1%} of {total} mutants killed", *complaints, sep="\n  ")
    return len(complaints)


def main(modules: list[str]) -> int:
    """One module in this process; several, each in a process of its own."""
    if len(modules) == 1:
        return bool(judge(modules[0]))
    every = modules or list(tomllib.loads(CONFIG.read_text())["tests"])
    command = [sys.executable, "-m", "_utils.mutants"]
    return max(subprocess.run([*command, module], check=False).returncode for module in every)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
