# Two images: `web` answers requests and sockets (Gunicorn, Daphne, migrations), `cron` runs the jobs
# and has a compiler, numpy and pandas on top.
FROM python:3.11-slim-bookworm AS packages
COPY requirements-web.txt /tmp/
RUN python3 -m venv /opt/venv \
 && /opt/venv/bin/pip install --no-cache-dir --disable-pip-version-check --require-hashes \
    -r /tmp/requirements-web.txt

FROM packages AS job-packages
COPY requirements.txt /tmp/
RUN /opt/venv/bin/pip install --no-cache-dir --disable-pip-version-check --require-hashes \
    -r /tmp/requirements.txt

FROM python:3.11-slim-bookworm AS base
RUN useradd --uid 10001 --create-home --shell /usr/sbin/nologin sidepro
ENV PATH=/opt/venv/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 \
    DEBUG=false VAR_DIR=/app/var NUMBA_CACHE_DIR=/app/var/numba
WORKDIR /app

# The built page, into which Django writes; Nginx' image holds the whole site, built of the same files.
FROM node:22-bookworm-slim AS site
WORKDIR /site
COPY frontend/package.json frontend/package-lock.json frontend/.npmrc ./
RUN npm ci --no-audit --no-fund
COPY frontend ./
RUN npm run build

FROM base AS web
COPY --from=packages /opt/venv /opt/venv
COPY . .
# Compiled once here: the root is read only where this runs.
RUN rm -rf frontend nginx deploy && env -u PYTHONDONTWRITEBYTECODE python3 -m compileall -q . \
 && mkdir -p var log && chown sidepro: var log
COPY --from=site /site/dist/index.html frontend/dist/
COPY --from=site /site/node_modules/pretendard/dist/public/static/Pretendard-Bold.otf \
     /site/node_modules/pretendard/dist/public/static/Pretendard-Regular.otf \
     frontend/node_modules/pretendard/dist/public/static/
USER 10001
EXPOSE 8000
HEALTHCHECK --interval=10s --timeout=5s --start-period=30s --retries=3 \
  CMD ["python3", "-c", "import urllib.request as r; r.urlopen('http://127.0.0.1:8000/healthz', timeout=4)"]
CMD ["gunicorn", "sidepro.wsgi"]

FROM base AS cron
# cron runs django-crontab's jobs, logrotate keeps their log small, pg_dump makes the backups.
# hadolint ignore=DL3008
RUN apt-get update \
 && apt-get install -y --no-install-recommends cron logrotate postgresql-client \
 && rm -rf /var/lib/apt/lists/* /etc/cron.d/e2scrub_all
COPY --from=job-packages /opt/venv /opt/venv
COPY --from=web /app /app
COPY deploy/cron-entrypoint /usr/local/bin/cron-entrypoint
COPY deploy/logrotate.conf /etc/logrotate.d/sidepro
RUN chown sidepro: /app/var /app/log \
 && chmod 755 /usr/local/bin/cron-entrypoint && chmod 644 /etc/logrotate.d/sidepro
USER 10001
CMD ["cron-entrypoint"]
