"""What an operator looks at and falls back on; deploy/README.md is the operator's page.

In the order in which a day goes wrong:

- `checks`: settings that are dangerous on a public site (`manage.py check --deploy`)
- `dependencies`: waits for database, Redis and bucket, names what does not answer,
  and ends statements that take too long
- `health`: `/healthz` and `/readyz`
- `metrics`: `/metrics`, for Prometheus
- `logs`: JSON lines with a request id, secrets masked
- `sentry`: errors, without people's data
- `backup`: the database and the local uploads in one file, and back
- `nightly_backup`: one each night in a second bucket
"""
