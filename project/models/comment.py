"""Comments: the rows, and who sees which."""

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import BooleanField, Exists, ExpressionWrapper, OuterRef, Q
from django.utils import timezone

from moderation.models import Block
from project.constants import COMMENT_MAX_LENGTH
from project.text import RENDERER_VERSION
from project.text.markdown import validate_text
from user.constants import USERNAME_MAX_LENGTH
from user.models import User

Viewer = User | AnonymousUser


class CommentQuerySet(models.QuerySet["Comment"]):
    """Queries over comments."""

    def visible(self) -> "CommentQuerySet":
        """What everybody may see; comments of deleted accounts stay, without a name."""
        return self.filter(_comment_is_visible())

    def visible_to(self, viewer: Viewer) -> "CommentQuerySet":
        """What lists show this viewer: not what a user they have blocked wrote."""
        return self.filter(_comment_is_visible_to(viewer))

    def for_page(self, viewer: Viewer) -> "CommentQuerySet":
        """Comments with their authors' names and pictures, in one query.

        `is_shown` is false for one that the viewer does not see (deleted, hidden, by a user who is
        suspended or blocked), and that stands there only because a user replied to it.
        """
        replies = Comment.objects.visible_to(viewer).filter(parent=OuterRef("pk"))
        is_shown = ExpressionWrapper(_comment_is_visible_to(viewer), BooleanField())
        return (
            self.annotate(is_shown=is_shown)
            .filter(Q(is_shown=True) | Exists(replies))
            .with_authors()
        )

    def with_authors(self) -> "CommentQuerySet":
        """With their authors' names and pictures, in the same query."""
        return self.select_related("author__profile__image")

    def mentioning(self, user: User) -> "CommentQuerySet":
        """Those in which a nickname means this person."""
        return self.filter(pk__in=Mention.objects.filter(user=user).values("comment"))

    def render_again(self) -> None:
        """Let the job make their HTML again; until then it stays as it is."""
        self.filter(renderer_version=RENDERER_VERSION).update(renderer_version=RENDERER_VERSION - 1)


class Comment(models.Model):
    """A remark under a project. It outlives its author's account, without the name."""

    project = models.ForeignKey(
        "project.Project", models.CASCADE, related_name="comments", verbose_name="프로젝트"
    )
    author = models.ForeignKey(
        User, models.SET_NULL, null=True, related_name="comments", verbose_name="작성자"
    )
    # The comment it replies to, which replies to none itself.
    parent = models.ForeignKey(
        "self",
        models.CASCADE,
        null=True,
        blank=True,
        related_name="replies",
        verbose_name="원래 댓글",
    )
    body = models.TextField(
        "내용 (Markdown)", max_length=COMMENT_MAX_LENGTH, validators=[validate_text]
    )
    body_html = models.TextField(editable=False, default="", db_default="")
    renderer_version = models.PositiveSmallIntegerField(
        editable=False, default=0, db_default=0, db_index=True
    )
    # A deleted comment with replies stays, without its words and its author.
    deleted_at = models.DateTimeField("삭제일", null=True, editable=False)
    is_hidden = models.BooleanField("숨김", default=False)
    created_at = models.DateTimeField("작성일", default=timezone.now, editable=False)
    updated_at = models.DateTimeField("수정일", default=timezone.now, editable=False)

    objects = CommentQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "댓글"
        ordering = ["id"]
        indexes = [
            # the comments under a project, oldest first
            models.Index(fields=["project", "created_at", "id"], name="project_comments"),
        ]

    def __str__(self) -> str:
        return self.body[:50]


class Mention(models.Model):
    """Whom a nickname in a comment means, from when it was written: also after a rename.

    Without a user once the account is gone: it then means nobody, whoever takes the nickname.
    """

    comment = models.ForeignKey(
        Comment, models.CASCADE, related_name="mentions", verbose_name="댓글"
    )
    # in lower case, as it stands in the comment
    name = models.CharField("닉네임", max_length=USERNAME_MAX_LENGTH)
    user = models.ForeignKey(
        User, models.SET_NULL, null=True, related_name="mentions", verbose_name="사용자"
    )

    class Meta:
        verbose_name = verbose_name_plural = "언급"
        constraints = [
            models.UniqueConstraint(fields=["comment", "name"], name="project_mention_unique"),
        ]

    def __str__(self) -> str:
        return f"@{self.name}"


def _comment_is_visible() -> Q:
    """Neither hidden nor deleted, and not by a person who is suspended."""
    suspended = User.objects.filter(pk=OuterRef("author"), is_active=False)
    return Q(~Exists(suspended), is_hidden=False, deleted_at=None)


def _comment_is_visible_to(viewer: Viewer) -> Q:
    """Visible, and not by a user whom this person has blocked."""
    if not isinstance(viewer, User):
        return _comment_is_visible()
    blocked = Block.objects.filter(blocker=viewer, blocked=OuterRef("author"))
    return _comment_is_visible() & ~Q(Exists(blocked))
