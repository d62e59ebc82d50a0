"""Gunicorn's settings: JSON logs, and metrics that its workers share (`gunicorn sidepro.wsgi`)."""

import os
import shutil
import tempfile
from pathlib import Path
from typing import Any

from sidepro import environment

# Before anything imports prometheus_client, which looks for it then. Set here rather than in the
# container's environment, where it would concern Daphne and every command as well.
if "PROMETHEUS_MULTIPROC_DIR" not in os.environ:
    os.environ["PROMETHEUS_MULTIPROC_DIR"] = tempfile.mkdtemp(prefix="sidepro-metrics-")
_metrics = Path(os.environ["PROMETHEUS_MULTIPROC_DIR"])
shutil.rmtree(_metrics, ignore_errors=True)  # the numbers of the workers before
_metrics.mkdir(parents=True)

environment.load_settings()
from django.conf import settings  # noqa: E402

from sidepro.operation import logs  # noqa: E402

bind, workers = settings.BIND, settings.WEB_CONCURRENCY
threads = 4
# Loaded before the socket is bound: a replica that boots takes no request, workers share memory.
preload_app = True
timeout = 30
graceful_timeout = 30
# Nginx keeps connections open for longer than Gunicorn's two seconds.
keepalive = 75
max_requests = 10_000
max_requests_jitter = 1_000
logconfig_dict = logs.config(settings.LOGGING["root"]["level"], debug=False)


def on_exit(server: Any) -> None:
    """Leave nothing behind."""
    shutil.rmtree(_metrics, ignore_errors=True)


def child_exit(server: Any, worker: Any) -> None:
    """A worker that has gone has no open requests any more."""
    from prometheus_client import multiprocess

    multiprocess.mark_process_dead(worker.pid)  # type: ignore[no-untyped-call]
