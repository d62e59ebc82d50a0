"""Projects and comments as something that can be reported, and hidden by moderators."""

from django.urls import reverse

from moderation.constants import Kind
from moderation.targets import Kept, Target, TargetKind
from project.models import Comment, Project
from project.services import set_hidden
from user.images.storage import image_url
from user.models import User


def find_project(reporter: User, project_id: str) -> Target | None:
    """A project that everybody can see, with all that it says and where its pictures are."""
    projects = Project.objects.visible().select_related("author", "thumbnail")
    project: Project | None = projects.filter(pk=_key(project_id)).first()
    if project is None:
        return None
    said = [
        *(project.title, project.summary, project.github_url, project.demo_url, project.content),
        image_url(project.thumbnail.file.name) if project.thumbnail else None,
        *(
            f"{image_url(picture.image.file.name)} {picture.alt}".rstrip()
            for picture in project.pictures.select_related("image")
        ),
    ]
    return Target(
        str(project.pk),
        project.author,
        [_kept(project.author, project.updated_at.isoformat(), "\n\n".join(filter(None, said)))],
    )


def find_comment(reporter: User, comment_id: str) -> Target | None:
    """A comment that everybody can see, under a project that everybody can see."""
    comments = Comment.objects.visible().filter(project__in=Project.objects.visible())
    comment: Comment | None = comments.select_related("author").filter(pk=_key(comment_id)).first()
    if comment is None:
        return None
    return Target(
        str(comment.pk),
        comment.author,
        [_kept(comment.author, comment.updated_at.isoformat(), comment.body)],
    )


def hide_project(project_id: str) -> None:
    """Hide a project from everybody; one that was deleted in the meantime is gone anyway."""
    set_hidden(Project, [int(project_id)], hidden=True)


def hide_comment(comment_id: str) -> None:
    """Hide a comment from everybody; one that was deleted in the meantime is gone anyway."""
    set_hidden(Comment, [int(comment_id)], hidden=True)


def _kept(author: User | None, at: str, text: str) -> Kept:
    return {"by": author.username if author else "", "at": at, "text": text, "reported": True}


def _key(text: str) -> int:
    """The number that a primary key is; one that no row has for any other text."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else 0


PROJECTS = TargetKind(
    Kind.PROJECT,
    find_project,
    admin_path=lambda pk: reverse("admin:project_project_change", args=[pk]),
    hide=hide_project,
    hide_permission="project.change_project",
)
COMMENTS = TargetKind(
    Kind.COMMENT,
    find_comment,
    admin_path=lambda pk: reverse("admin:project_comment_change", args=[pk]),
    hide=hide_comment,
    hide_permission="project.change_comment",
)
