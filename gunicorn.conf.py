"""Gunicorn's settings: JSON logs, and metrics that its workers share (`gunicorn sidepro.wsgi`)."""

import os
import shutil
import tempfile
from pathlib import Path
from typing import Any

from sidepro.operation import logs

# Before anything imports prometheus_client, which looks for it then. Set here rather than in the
# container's environment, where it would concern Daphne and every command as well.
if "PROMETHEUS_MULTIPROC_DIR" not in os.environ:
    os.environ["PROMETHEUS_MULTIPROC_DIR"] = tempfile.mkdtemp(prefix="sidepro-metrics-")
_metrics = Path(os.environ["PROMETHEUS_MULTIPROC_DIR"])

bind = os.environ.get("BIND", "0.0.0.0:8000")
workers = int(os.environ.get("WEB_CONCURRENCY", "2"))
threads = 4
timeout = 30
graceful_timeout = 30
# Nginx keeps connections open for longer than Gunicorn's two seconds.
keepalive = 75
max_requests = 10_000
max_requests_jitter = 1_000
logconfig_dict = logs.config(os.environ.get("LOG_LEVEL", "INFO"), debug=False)


def on_starting(server: Any) -> None:
    """Forget the numbers of the workers before."""
    shutil.rmtree(_metrics, ignore_errors=True)
    _metrics.mkdir(parents=True)


def on_exit(server: Any) -> None:
    """Leave nothing behind."""
    shutil.rmtree(_metrics, ignore_errors=True)


def child_exit(server: Any, worker: Any) -> None:
    """A worker that has gone has no open requests any more."""
    from prometheus_client import multiprocess

    multiprocess.mark_process_dead(worker.pid)  # type: ignore[no-untyped-call]
