"""The jobs that django-crontab runs."""

from django.conf import settings
from django.utils.module_loading import import_string


def test_every_job_is_scheduled_once_and_can_be_called():
    paths = [path for _, path, *_ in settings.CRONJOBS]
    assert {"ai.cron.run", "project.services.remove_unused_images"} <= set(paths)
    assert len(paths) == len(set(paths))
    assert all(callable(import_string(path)) for path in paths)
