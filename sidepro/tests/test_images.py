"""What the images hold: web and asgi run without what only the jobs need."""

import re
import subprocess
import sys

from django.conf import settings

# Serves one page and knows every address, in a process that cannot import a job's package.
PROGRAM = """
import sys
from importlib.abc import MetaPathFinder
class Refuse(MetaPathFinder):
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in {"numba", "llvmlite", "numpy", "pandas", "scipy", "sklearn",
                                      "joblib", "matplotlib", "distributed"}:
            raise ImportError("not in the image: " + name)
sys.meta_path.insert(0, Refuse())
import sidepro.asgi, sidepro.wsgi
from django.core.management import call_command
from django.urls import get_resolver
assert get_resolver().url_patterns
call_command("check")
"""


def test_web_and_asgi_start_without_the_packages_of_the_jobs(tmp_path):
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM],
        cwd=settings.BASE_DIR,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr


def test_both_images_have_the_same_versions():
    locks = [
        (settings.BASE_DIR / name).read_text("utf-8")
        for name in ("requirements-web.txt", "requirements.txt")
    ]
    web, everything = (set(re.findall(r"^[a-z0-9-]+==[^ ]+", lock, re.MULTILINE)) for lock in locks)
    assert web < everything


def test_every_app_goes_into_the_images():
    allowed = (settings.BASE_DIR / ".dockerignore").read_text().splitlines()
    apps = {path.parent.name for path in settings.BASE_DIR.glob("*/apps.py")}
    assert {f"!{app}" for app in apps} <= set(allowed)
