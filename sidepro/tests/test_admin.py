"""The admin as a whole; what it does with each model is tested alongside the model's app."""

from django.apps import apps
from django.contrib import admin

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
