"""The rows of the board, the rules that they keep, and the queries over them.

project         projects, one queryset method a screen, and the columns of a card
comment         comments, whom they mention, and who sees which
picture         pictures of a gallery
marks           bookmarks, and projects that a person is not interested in
search          what a project is found by, and the conditions of the text search
expressions     columns of other tables in the row of a card
"""

from project.drafts.models import Draft
from project.models.comment import Comment, CommentQuerySet, Mention, Viewer
from project.models.marks import Bookmark, BookmarkChange, Dismissal
from project.models.picture import Picture
from project.models.project import Project, ProjectQuerySet, card_facts, cards, skill_names

__all__ = [
    "Bookmark",
    "BookmarkChange",
    "Comment",
    "CommentQuerySet",
    "Dismissal",
    "Draft",
    "Mention",
    "Picture",
    "Project",
    "ProjectQuerySet",
    "Viewer",
    "card_facts",
    "cards",
    "skill_names",
]
