"""Addresses of pages; whatever is asked of no other part of the site ends here."""

from django.urls import path, re_path

from sidepro.errors import plain_not_found
from sidepro.pages import cards, feeds, oembed, screens, sitemaps, views, well_known
from user.constants import USERNAME_IN_PATH

ID = r"[1-9]\d{0,14}"
DIGEST = r"(?P<version>[0-9a-f]{12})"
# Screens that hold nothing public (frontend/src/app/router.tsx).
APP = (
    r"login|signup|password-reset|verify|welcome|me|notifications|settings/notifications"
    rf"|projects/new|projects/{ID}/edit|chat|chat/[^/]+"
)

urlpatterns = [
    path("robots.txt", well_known.robots),
    path(".well-known/security.txt", plain_not_found(well_known.security)),
    path(".well-known/change-password", well_known.change_password),
    re_path(
        rf"^og/projects/(?P<project_id>{ID})-(?P<version>\d{{1,9}})\.png$",
        plain_not_found(cards.project_card),
    ),
    re_path(
        rf"^og/users/(?P<username>{USERNAME_IN_PATH})-{DIGEST}\.png$",
        plain_not_found(cards.user_card),
    ),
    re_path(rf"^og/skills/(?P<slug>[^/]+)-{DIGEST}\.png$", plain_not_found(cards.skill_card)),
    re_path(rf"^og/site/owl-{DIGEST}\.png$", plain_not_found(cards.site_card)),
    path("oembed", plain_not_found(oembed.oembed)),
    path("sitemap.xml", sitemaps.index),
    re_path(r"^sitemap-(?P<section>[a-z]+)\.xml$", plain_not_found(sitemaps.part), name="sitemap"),
    path("feed.xml", feeds.answers(feeds.SiteFeed())),
    re_path(
        rf"^users/(?P<username>{USERNAME_IN_PATH})/feed\.xml$", feeds.answers(feeds.PersonFeed())
    ),
    path("skills/<str:slug>/feed.xml", feeds.answers(feeds.SkillFeed())),
    re_path(r"^$", views.answers(screens.landing), name="landing-page"),
    re_path(r"^projects/?$", views.board, name="board-page"),
    re_path(
        rf"^projects/(?P<project_id>{ID})/?$", views.answers(screens.project), name="project-page"
    ),
    re_path(
        rf"^users/(?P<username>{USERNAME_IN_PATH})/?$",
        views.answers(screens.user),
        name="user-page",
    ),
    re_path(r"^skills/(?P<slug>[^/]+)/?$", views.answers(screens.skill), name="skill-page"),
    re_path(r"^people/?$", views.answers(screens.people), name="people-page"),
    re_path(r"^(?P<name>terms|privacy)/?$", views.legal, name="legal-page"),
    re_path(rf"^(?:{APP})/?$", views.app, name="app-page"),
    re_path(r"^", views.unknown, name="unknown-page"),
]
