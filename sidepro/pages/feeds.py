"""Atom feeds: the newest projects, of the site, a person or a skill, with their whole text."""

import re
from datetime import datetime
from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.feedgenerator import Atom1Feed
from django.utils.xmlutils import SimplerXMLGenerator
from django.views.decorators.cache import cache_control
from django.views.decorators.http import conditional_page, require_safe

from project.models import Project, ProjectQuerySet
from project.text.rendering import project_html
from sidepro.pages.api import VisitorRequest, absolute
from sidepro.pages.screens import MovedError
from sidepro.pages.views import missing, moved
from user.models import Skill, User
from user.renames import account_named

LENGTH = 20
MAX_AGE = 300  # seconds
# What XML has no way to say.
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
RELATIVE = re.compile(r'( (?:src|href)=")/(?!/)')


class TextFeed(Atom1Feed):
    """Atom whose entries hold the text as well as the summary."""

    def add_item_elements(self, handler: SimplerXMLGenerator, item: dict[str, Any]) -> None:
        """One entry."""
        super().add_item_elements(handler, item)
        handler.addQuickElement("content", item["content"], {"type": "html"})


class SiteFeed(Feed[Project, Any]):
    """The newest projects of the site."""

    feed_type = TextFeed
    language = "ko"

    def projects(self, obj: Any) -> ProjectQuerySet:
        """Those of this feed."""
        return Project.objects.visible()

    def items(self, obj: Any) -> list[Project]:
        """The newest ones, in one query."""
        found = self.projects(obj).select_related("author").defer("search_text")
        return list(found.order_by("-created_at", "-pk")[:LENGTH])

    def title(self, obj: Any) -> str:
        """Of the feed."""
        return "SidePro · 새 프로젝트"

    def link(self, obj: Any) -> str:
        """The page of which it tells."""
        return "/projects"

    def feed_url(self, obj: Any) -> str:
        """The feed's own address."""
        return f"{'' if obj is None else self.link(obj)}/feed.xml"

    def item_title(self, item: Project) -> str:
        """The project's title."""
        return xml_text(item.title)

    def item_description(self, item: Project) -> str:
        """The project in a sentence."""
        return xml_text(item.summary)

    def item_link(self, item: Project) -> str:
        """Its page."""
        return f"/projects/{item.pk}"

    def item_author_name(self, item: Project) -> str:
        """Who made it."""
        return item.author.username

    def item_author_link(self, item: Project) -> str:
        """Their page."""
        return absolute(f"/users/{quote(item.author.username)}")

    def item_pubdate(self, item: Project) -> datetime:
        """When it was published."""
        return item.created_at

    def item_updateddate(self, item: Project) -> datetime:
        """When it was last written."""
        return item.updated_at

    def item_extra_kwargs(self, item: Project) -> dict[str, Any]:
        """The text, whose addresses hold away from the site too."""
        html = RELATIVE.sub(rf"\g<1>{settings.FRONTEND_URL}/", project_html(item))
        return {"content": xml_text(html)}


class PersonFeed(SiteFeed):
    """The newest projects of a person."""

    def get_object(self, request: HttpRequest, *args: Any, **kwargs: Any) -> User:
        """The person. Raises Http404, also for a suspended user, and MovedError."""
        asked: str = kwargs["username"]
        person = get_object_or_404(User.objects.public(), pk=account_named(asked))
        if person.username.lower() != asked.lower():
            raise MovedError(f"{self.link(person)}/feed.xml")
        return person

    def projects(self, obj: User) -> ProjectQuerySet:
        """Theirs."""
        return Project.objects.visible().filter(author=obj)

    def title(self, obj: User) -> str:
        """Of the feed."""
        return f"{obj.username} · SidePro"

    def link(self, obj: User) -> str:
        """Their page."""
        return f"/users/{quote(obj.username)}"


class SkillFeed(SiteFeed):
    """The newest projects that use a skill."""

    def get_object(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Skill:
        """The skill. Raises Http404."""
        return get_object_or_404(Skill, slug=kwargs["slug"])

    def projects(self, obj: Skill) -> ProjectQuerySet:
        """Those made with it."""
        return Project.objects.visible().filter(skills=obj)

    def title(self, obj: Skill) -> str:
        """Of the feed."""
        return f"{obj.name} · SidePro"

    def link(self, obj: Skill) -> str:
        """Its page."""
        return f"/skills/{quote(obj.slug)}"


def answers(feed: SiteFeed) -> Any:
    """The view that answers with this feed."""

    @require_safe
    @conditional_page
    @cache_control(public=True, max_age=MAX_AGE)
    def view(request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        try:
            return feed(VisitorRequest(request.path, {}), **kwargs)
        except Http404:
            return missing(404)
        except MovedError as error:
            return moved(request, error.path)

    return view


def xml_text(text: str) -> str:
    """The text without the characters that no XML can hold."""
    return CONTROL.sub("", text)
