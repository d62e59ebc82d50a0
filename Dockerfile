# The Python side: web (Gunicorn), asgi (Daphne), cron and the one-shot migrate are one image.
FROM python:3.11-slim-bookworm AS packages
COPY requirements.txt /tmp/requirements.txt
RUN python3 -m venv /opt/venv \
 && /opt/venv/bin/pip install --no-cache-dir --disable-pip-version-check --require-hashes \
    -r /tmp/requirements.txt

FROM python:3.11-slim-bookworm
# cron runs django-crontab's jobs, logrotate keeps their log small, pg_dump makes the backups.
# hadolint ignore=DL3008
RUN apt-get update \
 && apt-get install -y --no-install-recommends cron logrotate postgresql-client \
 && rm -rf /var/lib/apt/lists/* /etc/cron.d/e2scrub_all \
 && useradd --uid 10001 --create-home --shell /usr/sbin/nologin sidepro
ENV PATH=/opt/venv/bin:$PATH PYTHONUNBUFFERED=1 \
    DEBUG=false VAR_DIR=/app/var NUMBA_CACHE_DIR=/app/var/numba
WORKDIR /app
COPY --from=packages /opt/venv /opt/venv
COPY . .
COPY deploy/cron-entrypoint /usr/local/bin/cron-entrypoint
COPY deploy/logrotate.conf /etc/logrotate.d/sidepro
# Compiled once here and not by each process: cron starts one each minute.
RUN rm -rf frontend nginx deploy && python3 -m compileall -q . \
 && chmod 755 /usr/local/bin/cron-entrypoint && chmod 644 /etc/logrotate.d/sidepro \
 && mkdir -p var log && chown sidepro: var log
USER 10001
EXPOSE 8000
HEALTHCHECK --interval=10s --timeout=5s --start-period=30s --retries=3 \
  CMD ["python3", "-c", "import urllib.request as r; r.urlopen('http://127.0.0.1:8000/healthz', timeout=4)"]
CMD ["gunicorn", "sidepro.wsgi"]
