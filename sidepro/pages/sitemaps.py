"""`/sitemap.xml`: every public page, in parts of 50,000."""

from datetime import datetime
from typing import Any
from urllib.parse import quote, urlsplit

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.contrib.sitemaps import Sitemap, views
from django.db.models import Max, QuerySet
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from moderation.visibility import people_for
from project.models import Project
from sidepro.pages.api import VisitorRequest
from user.models import Skill, User

MAX_AGE = 600  # seconds


class PagesSitemap(Sitemap[Any]):
    """What all parts share."""

    limit = 50_000

    @property
    def protocol(self) -> str:  # type: ignore[override]
        """As the site's address has it."""
        return urlsplit(settings.FRONTEND_URL).scheme


class ScreenSitemap(PagesSitemap):
    """The lists."""

    def items(self) -> list[str]:
        """Their paths."""
        return ["/", "/projects", "/people"]

    def location(self, item: str) -> str:
        """The path itself."""
        return item


class ProjectSitemap(PagesSitemap):
    """Every project that everybody may see."""

    def items(self) -> QuerySet[Project]:
        """In an order that does not change."""
        return Project.objects.visible().order_by("pk").only("pk", "updated_at")

    def location(self, item: Project) -> str:
        """Its page."""
        return f"/projects/{item.pk}"

    def lastmod(self, item: Project) -> datetime:
        """When it was last written."""
        return item.updated_at

    def get_latest_lastmod(self) -> datetime | None:
        """Of all, without reading them."""
        latest: datetime | None = self.items().aggregate(latest=Max("updated_at"))["latest"]
        return latest


class PersonSitemap(PagesSitemap):
    """The people who let themselves be found."""

    def items(self) -> QuerySet[User]:
        """In an order that does not change."""
        return people_for(AnonymousUser()).order_by("pk").only("pk", "username")

    def location(self, item: User) -> str:
        """Their page."""
        return f"/users/{quote(item.username)}"


class SkillSitemap(PagesSitemap):
    """The skills that a project uses."""

    def items(self) -> QuerySet[Skill]:
        """In an order that does not change."""
        return Skill.objects.filter(project_count__gt=0).order_by("pk").only("pk", "slug")

    def location(self, item: Skill) -> str:
        """Its page."""
        return f"/skills/{quote(item.slug)}"


SITEMAPS: dict[str, type[Sitemap[Any]] | Sitemap[Any]] = {
    "screens": ScreenSitemap,
    "projects": ProjectSitemap,
    "people": PersonSitemap,
    "skills": SkillSitemap,
}


@require_safe
@cache_control(public=True, max_age=MAX_AGE)
def index(request: HttpRequest) -> HttpResponseBase:
    """The list of parts."""
    asked = VisitorRequest(request.path, {})
    return views.index(asked, SITEMAPS, sitemap_url_name="sitemap")


@require_safe
@cache_control(public=True, max_age=MAX_AGE)
def part(request: HttpRequest, section: str) -> HttpResponseBase:
    """One part; `?p=` is its page. Raises Http404."""
    asked = VisitorRequest(request.path, {"p": request.GET.get("p", "1")})
    return views.sitemap(asked, SITEMAPS, section)
