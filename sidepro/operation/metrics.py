"""What Prometheus reads at `/metrics`.

Gunicorn's workers share their numbers through files in PROMETHEUS_MULTIPROC_DIR (gunicorn.conf.py
sets it); Daphne is one process and needs none. What is a state of the whole site rather than of a
process is looked up when it is asked for.
"""

import hmac
import logging
import os
import shutil
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import Error as DatabaseError
from django.db.backends.base.base import BaseDatabaseWrapper
from django.http import HttpRequest, HttpResponse
from prometheus_client import (
    CONTENT_TYPE_LATEST,
    REGISTRY,
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    generate_latest,
)
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

from ai.files.health import similarity_status
from notification.health import outbox_status
from sidepro import errors
from sidepro.operation import health

logger = logging.getLogger(__name__)

BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)
METHODS = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"}
CLOSE_CODES = {1000, 1001, 1005, 1006, 1009, 1011, 1012, 4401, 4404, 4429}

requests = Histogram(
    "sidepro_request_seconds", "Requests", ["method", "view", "status"], buckets=BUCKETS
)
queries = Histogram("sidepro_query_seconds", "Database queries", buckets=BUCKETS)
query_errors = Counter("sidepro_query_errors", "Database queries that failed")
open_sockets = Gauge("sidepro_open_sockets", "Open sockets", multiprocess_mode="livesum")
sockets_closed = Counter("sidepro_sockets_closed", "Closed sockets", ["code"])


def note_request(method: str, view: str, status: int, seconds: float) -> None:
    """Count a request; what clients make up does not become a label."""
    known = method if method in METHODS else "other"
    requests.labels(known, view, str(status)).observe(seconds)


def close_label(code: int | None) -> str:
    """A socket's close code, or "other" for one that only a client would use."""
    return str(code) if code in CLOSE_CODES else "other"


def watch_queries(connection: BaseDatabaseWrapper, **kwargs: Any) -> None:
    """Count the queries of a database connection from now on (receives `connection_created`)."""
    if _timed not in connection.execute_wrappers:
        connection.execute_wrappers.append(_timed)


def _timed(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
    begun = time.perf_counter()
    try:
        return execute(sql, params, many, context)
    except Exception:
        query_errors.inc()
        raise
    finally:
        queries.observe(time.perf_counter() - begun)


class Site(Collector):
    """States of the whole site, looked up at each scrape."""

    def collect(self) -> Iterable[GaugeMetricFamily]:
        """Services, the similarity job, and the disk."""
        up = GaugeMetricFamily("sidepro_up", "Whether a service answers", labels=["service"])
        for service, state in health.states().items():
            up.add_metric([service], float(state == "ok"))
        yield up

        job = similarity_status()
        ok = GaugeMetricFamily("sidepro_similarity_ok", "Whether the files are whole and fresh")
        ok.add_metric([], float(job["status"] == "ok"))
        yield ok
        for key, text in (
            ("age", "since the job last found the files up to date"),
            ("seconds", "the generation in force took to build"),
        ):
            if key in job:
                name = "age_seconds" if key == "age" else "job_seconds"
                yield GaugeMetricFamily(f"sidepro_similarity_{name}", f"Seconds {text}", job[key])

        memory = memory_of_this_server()
        if memory is not None:
            text = "Memory of this server, its workers included"
            yield GaugeMetricFamily("sidepro_memory_bytes", text, memory)

        yield from outbox()

        disk = shutil.disk_usage(settings.VAR_DIR)
        yield GaugeMetricFamily("sidepro_disk_free_bytes", "Free bytes in VAR_DIR", disk.free)
        yield GaugeMetricFamily("sidepro_disk_bytes", "Bytes of VAR_DIR's disk", disk.total)


def outbox() -> Iterator[GaugeMetricFamily]:
    """Mails by what became of them; nothing while the database is away (see `sidepro_up`)."""
    try:
        status = outbox_status()
    except DatabaseError as error:
        logger.warning("The outbox is not counted: %s", error)
        return
    deliveries = GaugeMetricFamily(
        "sidepro_deliveries", "Mails by what became of them", labels=["status"]
    )
    for name, number in status["counts"].items():
        deliveries.add_metric([name], number)
    yield deliveries
    yield GaugeMetricFamily(
        "sidepro_deliveries_oldest_seconds",
        "Seconds for which the oldest due one has been waiting",
        status["oldest_seconds"],
    )


def memory_of_this_server(processes: Path = Path("/proc")) -> int | None:
    """Bytes that Daphne, or Gunicorn with its workers, holds; None where there is no /proc."""
    group, pages = os.getpgrp(), 0
    for stat in processes.glob("[0-9]*/stat"):
        try:  # the name, in brackets, may hold anything; behind it follow state, parent, group
            fields = stat.read_text().rpartition(")")[2].split()
        except OSError:  # it has just ended
            continue
        if int(fields[2]) == group:
            pages += int(fields[21])
    return pages * os.sysconf("SC_PAGE_SIZE") if pages else None


def view(request: HttpRequest) -> HttpResponse:
    """The metrics, for who has METRICS_TOKEN; without one, for requests that passed no proxy."""
    if not _allowed(request):
        return errors.not_found(request)
    site = CollectorRegistry()
    site.register(Site())
    numbers = REGISTRY
    if "PROMETHEUS_MULTIPROC_DIR" in os.environ:
        numbers = CollectorRegistry()
        MultiProcessCollector(numbers)  # type: ignore[no-untyped-call]
    return HttpResponse(
        generate_latest(numbers) + generate_latest(site), content_type=CONTENT_TYPE_LATEST
    )


def _allowed(request: HttpRequest) -> bool:
    if settings.METRICS_TOKEN:
        expected = f"Bearer {settings.METRICS_TOKEN}".encode()
        return hmac.compare_digest(request.headers.get("Authorization", "").encode(), expected)
    return not {"X-Forwarded-For", "Forwarded"} & set(request.headers)
