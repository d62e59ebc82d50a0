"""HTTP in production: Gunicorn serves `application`."""

from django.core.wsgi import get_wsgi_application

from sidepro.environment import load_settings

load_settings()

application = get_wsgi_application()
