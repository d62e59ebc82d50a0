"""Where the job's blocks of work run: threads of this process, or a Dask cluster."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import joblib
from django.core.exceptions import ImproperlyConfigured

TASKS_PER_WAVE = 64
Task = Callable[..., Any]


@dataclass(frozen=True)
class Workers:
    """Runs tasks that share their input; `dask` is the address of a scheduler, or empty."""

    dask: str = ""

    def run(self, function: Task, shared: Any, tasks: list[Any]) -> Iterator[Any]:
        """Yield ``function(shared, *task)`` of every task, in order, as they become ready.

        Raises ImproperlyConfigured where a scheduler is named and its package is not installed.
        """
        if not self.dask:
            yield from self.run_here(function, shared, tasks)
            return
        try:
            from distributed import Client
        except ModuleNotFoundError:
            why = "needs the packages of requirements-extras.txt"
            raise ImproperlyConfigured(f"SIMILARITY_DASK: {why}.") from None

        # What is shared goes to every worker once, the results come back in waves, so that
        # this process never holds much more than what it keeps.
        with (
            Client(  # type: ignore[no-untyped-call]
                self.dask, timeout="10s", set_as_default=True
            ),
            joblib.parallel_config(backend="dask", scatter=[shared]),
            joblib.Parallel(pre_dispatch="all", batch_size=1) as parallel,
        ):
            for start in range(0, len(tasks), TASKS_PER_WAVE):
                wave = tasks[start : start + TASKS_PER_WAVE]
                yield from parallel(joblib.delayed(function)(shared, *task) for task in wave)

    @staticmethod
    def run_here(function: Task, shared: Any, tasks: list[Any], threads: int = 0) -> Iterator[Any]:
        """Do the same in threads of this process, as many as it has processors by default."""
        n_jobs = threads or _processors()
        parallel = joblib.Parallel(n_jobs=n_jobs, backend="threading", return_as="generator")
        yield from parallel(joblib.delayed(function)(shared, *task) for task in tasks)


def _processors() -> int:
    """How many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
