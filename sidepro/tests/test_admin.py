"""The admin as a whole; what it does with each model is tested alongside the model's app."""

import re
from pathlib import Path

from django.apps import apps
from django.contrib import admin
from django.contrib.staticfiles import finders

OWN_APPS = {"user", "moderation", "notification", "project", "chat", "ai"}
# Shown on the page of their case, or of no meaning to a moderator: parts of a notification, and the
# job's list of whom to tell.
PARTS = {"moderation.Report", "notification.Event", "notification.Announcement"}


def test_every_model_is_there_or_on_the_page_of_another():
    models = {m for m in apps.get_models() if m._meta.app_label in OWN_APPS}
    pages = admin.site._registry
    inlines = {inline.model for page in pages.values() for inline in page.inlines}
    assert {model._meta.label for model in models - set(pages) - inlines} <= PARTS


def test_the_frame_bears_the_products_name(client, admin):
    client.force_login(admin)
    assert "SidePro 관리" in client.get("/admin/").content.decode()


def test_the_log_in_page_has_a_heading_and_links_are_underlined(client, db):
    page = client.get("/admin/login/").content.decode()
    assert re.search(r"<h1>\S.*</h1>", page)
    assert "/static/sidepro/admin.css" in page
    style = finders.find("sidepro/admin.css")
    assert style
    assert "underline" in Path(style).read_text()
