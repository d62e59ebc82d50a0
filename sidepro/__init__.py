"""The Django project: settings, routes and servers that wire the apps together.

In the order of a request:

- `settings`: the one settings module, read from the environment
- `wsgi`, `asgi`: what Gunicorn and Daphne serve; `sockets` routes WebSockets,
  `daphne` bounds what they cost
- `middleware`: request id, access log, probes
- `urls`: all routes; `uploads` serves pictures in embedded mode
- `pages/`: what browsers, robots and messengers get of the front end
- `parsers`: what a request body may be
- `errors`: the one error shape
- `openapi`, `schema.yaml`: the API's description
- `admin`, `apps`: the admin's frame, start-up
- `operation/`: health, metrics, logs, backup
- `mailbox`: mails of the embedded mode
- `demo/`: data to look at, and `csv_import` for more of it
- `management/commands/`: what `manage.py` can do
"""
