"""The admin as a whole; what it does with each model is tested beside the model's app."""

from django.apps import apps
from django.contrib import admin

OWN_APPS = {"user", "project", "chat", "ai"}


def test_every_model_is_there():
    models = {m for m in apps.get_models() if m._meta.app_label in OWN_APPS}
    assert models <= set(admin.site._registry)


def test_the_frame_bears_the_products_name(client, admin):
    client.force_login(admin)
    assert "SidePro 관리" in client.get("/admin/").content.decode()
