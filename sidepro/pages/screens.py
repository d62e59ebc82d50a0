"""What stands on each page: title, description, text and the data that its first screen shows."""

from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote

from django.contrib.auth.models import AnonymousUser
from django.core.cache import caches
from django.http import Http404, QueryDict
from django.utils.text import Truncator

from project.models import Project
from project.similar import similar_projects
from sidepro.pages import cards, structured
from sidepro.pages.api import ask
from sidepro.pages.cards import Card
from sidepro.pages.shell import legal_texts

TAGLINE = f"SidePro · {cards.SENTENCE}"
ABOUT = (
    "개발자가 사이드 프로젝트를 보여 주고, 기술 스택이 비슷한 사람을 찾아 커피챗으로 "
    "이야기하는 곳이에요."
)
# The same as the front end asks for (features/landing/live.ts, features/board/query.ts).
LANDING_FILTER = {"ordering": "trending", "page_size": 8}
BOARD_FILTER = {"ordering": "newest", "page_size": 12}
BOARD_QUERY = ("ordering", "stage", "skills", "skills_match", "search")
DESCRIPTION_LENGTH = 200
SIMILAR_SECONDS = 60


class GoneError(Exception):
    """What stood at this address was deleted."""


class MovedError(Exception):
    """What stood at this address has another one by now, `path`."""

    def __init__(self, path: str) -> None:
        super().__init__(path)
        self.path = path


@dataclass(frozen=True)
class Page:
    """One page, the same for everybody. `data` is what the front end would ask the API for."""

    path: str
    title: str
    description: str
    template: str
    text: dict[str, Any]
    data: dict[str, Any]
    structured: dict[str, Any]
    card: Card = field(default_factory=cards.of_site)
    kind: str = "website"
    feed: str = "/feed.xml"


@dataclass(frozen=True)
class List:
    """A list of projects, with the filter by which the front end knows it."""

    filter: dict[str, Any]
    page: dict[str, Any] = field(default_factory=dict)

    @classmethod
    def of(cls, **query: Any) -> "List":
        """The first page of what the filter finds. Raises Http404 for a filter that is none."""
        return cls(query, ask("/api/v1/projects/", **query))

    def data(self) -> dict[str, Any]:
        """As it stands in a page's data."""
        return {"lists": [{"filter": self.filter, "page": self.page}]}


def landing() -> Page:
    """The first page."""
    projects = List.of(**LANDING_FILTER)
    return Page(
        path="/",
        title=TAGLINE,
        description=ABOUT,
        template="landing",
        text={"projects": projects.page["results"]},
        data=projects.data(),
        structured=structured.site(ABOUT),
    )


def board(query: QueryDict) -> Page:
    """The board, ordered and filtered as its address says."""
    asked = {name: query[name] for name in BOARD_QUERY if query.get(name)}
    projects = List.of(**BOARD_FILTER | asked)
    return Page(
        path="/projects",
        title="프로젝트 · SidePro",
        description="개발자들이 만들고 있는 사이드 프로젝트를 둘러보세요.",
        template="board",
        text={"heading": "프로젝트", "projects": projects.page["results"]},
        data=projects.data(),
        structured=structured.board("프로젝트", "/projects", projects.page["results"]),
    )


def project(project_id: str) -> Page:
    """A project. Raises Http404, and GoneError where it was deleted."""
    try:
        found = ask(f"/api/v1/projects/{project_id}/")
    except Http404:
        if was_deleted(int(project_id)):
            raise GoneError from None
        raise
    by = found["author"]["username"]
    return Page(
        path=f"/projects/{found['id']}",
        title=f"{found['title']} · SidePro",
        description=found["summary"] or f"{by} 님의 사이드 프로젝트",
        template="project",
        text={
            "project": found,
            "author_path": user_path(by),
            "similar": similar_links(found["id"]),
        },
        data={"project": found},
        structured=structured.project(found, user_path(by)),
        card=cards.of_project(found),
        kind="article",
    )


def similar_links(project_id: int) -> list[Any]:
    """The id, title and summary of projects like this one.

    Which ones they are each worker looks up once a minute, in three queries (to ask Redis took a
    sixth of the page's time); whether they may be seen, each time.
    """
    cache = caches["process"]
    similar: list[int] | None = cache.get(key := f"similar:{project_id}")
    if similar is None:
        found = similar_projects(Project(pk=project_id), AnonymousUser())
        similar = [card.pk for card in found]
        cache.set(key, similar, SIMILAR_SECONDS)
    shown = Project.objects.visible().filter(pk__in=similar).values("id", "title", "summary")
    by_id = {project["id"]: project for project in shown}
    return [by_id[pk] for pk in similar if pk in by_id]


def was_deleted(project_id: int) -> bool:
    """Whether there was a project of this id: ids are given out in turn."""
    if Project.objects.filter(pk=project_id).exists():
        return False
    newest = Project.objects.order_by("-pk").values_list("pk", flat=True).first()
    return newest is not None and project_id < newest


def user(username: str) -> Page:
    """A person and their projects. Raises Http404, also for a suspended user, and MovedError."""
    person = ask(f"/api/v1/users/{username}/")
    name, profile = person["username"], person["profile"]
    if name.lower() != username.lower():
        raise MovedError(user_path(name))
    # The front end asks by the nickname as the address has it.
    projects = List.of(author=username)
    said = Truncator(profile["description"]).chars(DESCRIPTION_LENGTH)
    return Page(
        path=user_path(name),
        title=f"{name} 님 · SidePro",
        description=said or f"{name} 님의 사이드 프로젝트와 기술 스택",
        template="user",
        text={"person": person, "projects": projects.page["results"]},
        data={"user": person} | projects.data(),
        structured=structured.person(person, user_path(name)),
        card=cards.of_person(person),
        kind="profile",
        feed=f"{user_path(name)}/feed.xml",
    )


def skill(slug: str) -> Page:
    """A technology and the projects that use it. Raises Http404."""
    found = ask(f"/api/v1/skills/{slug}/")
    projects = List.of(skills=found["name"])
    path = f"/skills/{quote(found['slug'])}"
    return Page(
        path=path,
        title=f"{found['name']} · SidePro",
        description=f"{found['name']} 기술로 만든 사이드 프로젝트와 그 기술을 쓰는 사람들",
        template="skill",
        text={"skill": found, "projects": projects.page["results"]},
        data={"skill": found} | projects.data(),
        structured=structured.board(found["name"], path, projects.page["results"]),
        card=cards.of_skill(found),
        feed=f"{path}/feed.xml",
    )


def people() -> Page:
    """The people who let themselves be found."""
    found = ask("/api/v1/users/")
    return Page(
        path="/people",
        title="사람들 · SidePro",
        description="기술 스택이 비슷한 개발자를 찾아 커피챗을 청해 보세요.",
        template="people",
        text={"people": found["results"]},
        data={"people": found},
        structured=structured.people(found["results"]),
    )


def legal(name: str) -> Page:
    """Terms or privacy policy, as the site has them."""
    said = legal_texts().get(name, {})
    title = {"terms": "이용약관", "privacy": "개인정보 처리방침"}[name]
    return Page(
        path=f"/{name}",
        title=f"{title} · SidePro",
        description=ABOUT,
        template="legal",
        text={"heading": title, "sections": said.get("sections", [])},
        data={},
        structured=structured.document(title, f"/{name}"),
    )


def user_path(username: str) -> str:
    """The path of a person's page."""
    return f"/users/{quote(username)}"
