"""HTTP in production: Gunicorn serves `application`."""

from django.core.wsgi import get_wsgi_application
from django.db.backends.signals import connection_created
from django.urls import get_resolver

from sidepro.environment import load_settings

load_settings()

application = get_wsgi_application()

from project.text.code import load_lexers  # noqa: E402 - both need the settings
from sidepro.operation.dependencies import limit_statements  # noqa: E402

connection_created.connect(limit_statements)
get_resolver().url_patterns  # noqa: B018 - imports every view now, not at the first request
load_lexers()
