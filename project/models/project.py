"""Projects: the rows, the rules and the board's queries over them."""

from collections.abc import Iterable
from functools import cache
from typing import Any

from django.db import connection, models
from django.db.models import (
    Exists,
    F,
    Func,
    IntegerField,
    OuterRef,
    Q,
    Value,
    prefetch_related_objects,
)
from django.utils import timezone

from moderation.models import Block
from notification.models import Follow
from project.constants import (
    CONTENT_MAX_LENGTH,
    SUMMARY_MAX_LENGTH,
    TITLE_MAX_LENGTH,
    Stage,
)
from project.models.comment import Comment, Viewer
from project.models.expressions import FixedSubquery, ListSubquery
from project.models.marks import Bookmark
from project.models.picture import picture_list
from project.models.search import search_text
from project.text.markdown import validate_text
from user.models import Image, Skill, User
from user.renames import account_named
from user.skills.models import filter_by_skills

# From how many projects on a search walks the board instead of collecting its hits. Of 100,000
# projects, 2,000 hits cost three times as much collected as walked (bench/board.py); the more
# projects there are, the longer the walk to the same hits.
COMMON_WORD = 1000

# What a card shows of the project itself.
CARD_COLUMNS = [
    *("pk", "title", "summary", "github_url", "demo_url", "stage"),
    *("view_count", "bookmark_count", "trending", "created_at"),
]


class ProjectQuerySet(models.QuerySet["Project"]):
    """The board's queries, one method a screen or filter."""

    def visible(self) -> "ProjectQuerySet":
        """What everybody may see: not hidden by a moderator, and by no user who is suspended."""
        return self.filter(is_hidden=False, author__is_active=True)

    def visible_to(self, viewer: Viewer) -> "ProjectQuerySet":
        """What lists show this viewer."""
        return self.visible().without_blocked(viewer)

    def without_blocked(self, viewer: Viewer) -> "ProjectQuerySet":
        """Without the projects of those whom the viewer has blocked.

        The ones they blocked go on seeing what everybody sees: holes would tell of the block.
        """
        if not isinstance(viewer, User):
            return self
        return self.exclude(author__in=Block.objects.blocked_by(viewer))

    def for_board(self, viewer: Viewer) -> "ProjectQuerySet":
        """What `visible_to` shows, as cards, in one query whatever the number of rows.

        The rows are named tuples of what `ProjectCardSerializer` reads.
        """
        columns = [*CARD_COLUMNS, *card_facts(), "bookmarked"]
        found = cards().without_blocked(viewer).for_viewer(viewer)
        rows: Any = found.values_list(*columns, named=True)
        return rows  # type: ignore[no-any-return]

    def for_page(self, viewer: Viewer) -> "ProjectQuerySet":
        """Visible projects with their whole text and pictures, in one query."""
        projects = cards().annotate(picture_list=picture_list())
        return projects.for_viewer(viewer).defer("search_text")

    def for_viewer(self, viewer: Viewer) -> "ProjectQuerySet":
        """Annotate `bookmarked` for a user who is signed in; for others it is false."""
        if not isinstance(viewer, User):
            return self.annotate(bookmarked=Value(False))
        mine = Bookmark.objects.filter(project=OuterRef("pk"), user=viewer)
        return self.annotate(bookmarked=Exists(mine))

    def filtered(self, query: dict[str, Any]) -> "ProjectQuerySet":
        """The part of the board that a checked query (`BoardQuerySerializer`) asks for."""
        projects = self
        if author := query.get("author"):
            projects = projects.filter(author=account_named(author))
        if person := query.get("bookmarked_by"):
            projects = projects.filter(
                bookmarks__user=account_named(person), bookmarks__user__is_active=True
            )
        if names := query.get("skills"):
            projects = filter_by_skills(
                projects, Project.skills.through, "project", names, query["skills_match"]
            )
        if stage := query.get("stage"):
            projects = projects.filter(stage=stage)
        if search := query.get("search"):
            projects = projects.matching(search)
        return projects

    def followed_by(self, user: User) -> "ProjectQuerySet":
        """Other people's projects: by people or with skills that this person follows."""
        follows = Follow.objects.filter(follower=user)
        people = follows.filter(person__isnull=False).values("person")
        skills = follows.filter(skill__isnull=False).values("skill")
        uses = Project.skills.through.objects.filter(project=OuterRef("pk"), skill__in=skills)
        return self.filter(Q(author__in=people) | Exists(uses)).exclude(author=user)

    def matching(self, query: str) -> "ProjectQuerySet":
        """Projects in whose search text each word of the query stands.

        Rare words are looked up in the index of grams (one query of its own). Words that very many
        projects have are faster found by walking the board in its order until a page is full.
        """
        found = self.filter(search_text__has_words=query)
        if connection.vendor != "postgresql":
            return found
        candidates = Project.objects.filter(is_hidden=False, search_text__has_grams=query)
        ids = list(candidates.order_by().values_list("pk", flat=True)[: COMMON_WORD + 1])
        return found if len(ids) > COMMON_WORD else found.filter(pk__in=ids)

    def refresh_search_text(self) -> None:
        """Rebuild what the projects are found by, after a title, nickname or skill changed."""
        projects = self.select_related("author").prefetch_related("skills__names").iterator(1000)
        batch: list[Project] = []
        for project in projects:
            project.search_text = project.make_search_text()
            batch.append(project)
        Project.objects.bulk_update(batch, ["search_text"], batch_size=500)


class Project(models.Model):
    """A side project that its author shows on the board."""

    author = models.ForeignKey(User, models.CASCADE, related_name="projects", verbose_name="작성자")
    title = models.CharField("제목", max_length=TITLE_MAX_LENGTH)
    summary = models.CharField("한 줄 소개", max_length=SUMMARY_MAX_LENGTH, blank=True)
    content = models.TextField(
        "본문 (Markdown)", max_length=CONTENT_MAX_LENGTH, blank=True, validators=[validate_text]
    )
    thumbnail = models.ForeignKey(
        Image,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="thumbnail_of",
        verbose_name="대표 이미지",
    )
    # The pictures in the text; they live as long as the text refers to them.
    images = models.ManyToManyField(
        Image, blank=True, related_name="used_by", verbose_name="본문 이미지"
    )
    # The text as everybody sees it, made by `project.text` when it was saved.
    content_html = models.TextField(editable=False, default="", db_default="")
    # Which renderer made it; 0 for one that is not made yet. The job that renders again looks here.
    renderer_version = models.PositiveSmallIntegerField(
        editable=False, default=0, db_default=0, db_index=True
    )
    # Counts the changes: who writes says which one they saw.
    version = models.PositiveIntegerField("판", editable=False, default=1, db_default=1)
    github_url = models.URLField("GitHub", blank=True)
    demo_url = models.URLField("데모", blank=True, db_default="")
    stage = models.CharField(
        "단계",
        max_length=10,
        choices=Stage.choices,
        default=Stage.BUILDING,
        db_default=Stage.BUILDING.value,
    )
    skills = models.ManyToManyField(
        Skill, blank=True, related_name="projects", verbose_name="기술 스택"
    )
    view_count = models.PositiveIntegerField("조회수", default=0, editable=False)
    bookmark_count = models.PositiveIntegerField("북마크 수", default=0, editable=False)
    # Kept by the crontab (`project.trending`).
    trending = models.PositiveIntegerField("인기 급상승", default=0, db_default=0, editable=False)
    is_hidden = models.BooleanField("숨김", default=False)
    search_text = models.TextField(editable=False, default="")
    created_at = models.DateTimeField("작성일", default=timezone.now, editable=False)
    updated_at = models.DateTimeField("수정일", default=timezone.now, editable=False)

    objects = ProjectQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "프로젝트"
        ordering = ["-id"]
        indexes = [
            # the board's four orderings, each total
            models.Index(
                F("created_at").desc(),
                F("id").desc(),
                condition=Q(is_hidden=False),
                name="project_newest",
            ),
            models.Index(
                F("view_count").desc(),
                F("id").desc(),
                condition=Q(is_hidden=False),
                name="project_views",
            ),
            models.Index(
                F("bookmark_count").desc(),
                F("id").desc(),
                condition=Q(is_hidden=False),
                name="project_popular",
            ),
            models.Index(
                F("trending").desc(),
                F("id").desc(),
                condition=Q(is_hidden=False),
                name="project_trending",
            ),
            # one person's projects, newest first
            models.Index(
                F("author_id"), F("created_at").desc(), F("id").desc(), name="project_by_author"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def make_search_text(self) -> str:
        """What this project is found by; two queries unless its `skills__names` are prefetched."""
        skills: Iterable[Skill] = ()
        if self.pk:
            prefetch_related_objects([self], "skills__names")
            skills = self.skills.all()
        return search_text(self, skills)


# Made once: a page takes 1.76 times as long when its querysets are built again (`bench.prices`).


@cache
def cards() -> ProjectQuerySet:
    """Everybody's cards: the query that the board's pages are filtered from."""
    visible: ProjectQuerySet = Project.objects.visible()
    return visible.annotate(**card_facts())


@cache
def card_facts() -> dict[str, Any]:
    """What a card shows of other tables, as columns of its row."""
    return {
        "author_username": F("author__username"),
        "author_image": F("author__profile__image__card"),
        "thumbnail_file": F("thumbnail__file"),
        "thumbnail_card": F("thumbnail__card"),
        "skill_names": skill_names(),
        "comment_count": comment_count(),
    }


@cache
def skill_names() -> ListSubquery:
    """The names of a project's skills, in alphabetical order, as a column of its row."""
    uses = Project.skills.through.objects.filter(project=OuterRef("pk"))
    return ListSubquery(uses.order_by("skill__name").values(item=F("skill__name")))


@cache
def comment_count() -> FixedSubquery:
    """The number of a project's visible comments, as a column of its row."""
    comments = Comment.objects.visible().filter(project=OuterRef("pk")).order_by()
    count = Func(template="COUNT(*)", output_field=IntegerField())  # without a GROUP BY
    return FixedSubquery(comments.annotate(n=count).values("n"))
