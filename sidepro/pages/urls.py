"""Addresses of pages; whatever is asked of no other part of the site ends here."""

from django.urls import re_path

from sidepro.pages import screens, views
from user.constants import USERNAME_PATTERN

ID = r"[1-9]\d{0,14}"
# Screens that hold nothing public (frontend/src/app/router.tsx).
APP = (
    r"login|signup|password-reset|verify|welcome|me|notifications|settings/notifications"
    rf"|projects/new|projects/{ID}/edit|chat|chat/[^/]+"
)

urlpatterns = [
    re_path(r"^$", views.answers(screens.landing), name="landing-page"),
    re_path(r"^projects/?$", views.board, name="board-page"),
    re_path(
        rf"^projects/(?P<project_id>{ID})/?$", views.answers(screens.project), name="project-page"
    ),
    re_path(
        rf"^users/(?P<username>{USERNAME_PATTERN})/?$",
        views.answers(screens.user),
        name="user-page",
    ),
    re_path(r"^skills/(?P<slug>[^/]+)/?$", views.answers(screens.skill), name="skill-page"),
    re_path(r"^people/?$", views.answers(screens.people), name="people-page"),
    re_path(rf"^(?:{APP})/?$", views.app, name="app-page"),
    re_path(r"^", views.unknown, name="unknown-page"),
]
