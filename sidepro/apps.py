"""The wiring of the project: system checks and what belongs to no single app."""

from django.apps import AppConfig
from django.conf import settings
from django.contrib.admin import apps as admin_apps
from django.db.backends.signals import connection_created


class SideproConfig(AppConfig):
    """Wires the apps together."""

    name = "sidepro"

    def ready(self) -> None:
        """Register the checks, count the queries of every connection, start Sentry."""
        from ai.visibility import register_acquaintances
        from chat.models import partners_of
        from sidepro.operation import checks, metrics, sentry

        assert checks  # registered by being imported
        register_acquaintances(partners_of)
        connection_created.connect(metrics.watch_queries)
        if settings.SENTRY_DSN:
            sentry.start(settings.SENTRY_DSN, settings.SENTRY_ENVIRONMENT)


class SideproAdminConfig(admin_apps.AdminConfig):
    """Django's admin in SidePro's frame."""

    default = False  # of the two in this module
    default_site = "sidepro.admin.SideproAdminSite"
