"""Fixed choices of projects, the board's orderings, and limits of what people write there."""

from datetime import timedelta

from django.db import models

from user.api.pagination import Ordering


class Stage(models.TextChoices):
    """How far a project is (단계)."""

    IDEA = "idea", "구상 중"
    BUILDING = "building", "만드는 중"
    LAUNCHED = "launched", "공개"
    PAUSED = "paused", "쉬는 중"


TITLE_MAX_LENGTH = 100
SUMMARY_MAX_LENGTH = 200
CONTENT_MAX_LENGTH = 50_000
COMMENT_MAX_LENGTH = 2_000
# Of a gallery: pictures, and letters that describe one.
MAX_PICTURES = 6
ALT_MAX_LENGTH = 200
PROJECT_MAX_SKILLS = 10
# By how many skills at once the board is filtered.
BOARD_MAX_SKILLS = 10

# What `?ordering=` of the board takes; each has its index.
BOARD_ORDERINGS = {
    "newest": Ordering("created_at"),
    "views": Ordering("view_count"),
    "popular": Ordering("bookmark_count"),
    "trending": Ordering("trending"),
}
COMMENT_ORDERING = Ordering("created_at", descending=False)

# What people did in this time makes a project trend.
TRENDING_WINDOW = timedelta(days=7)
# Up to so many projects are counted; beyond, the exact number is not needed.
COUNTED_MAX = 1000

# A viewer counts once in this time, however often they come back.
VIEW_WINDOW = timedelta(minutes=30)
# A draft somewhere may refer to an uploaded image for this long.
UNUSED_IMAGE_AGE = timedelta(days=60)

# Drafts: how many a person keeps, how long after the last change, and how much fits into one. More
# than can be published, so that a text that grew too long is not lost while it is shortened.
MAX_DRAFTS = 50
DRAFT_LIFETIME = timedelta(days=60)
DRAFT_CONTENT_MAX_LENGTH = 2 * CONTENT_MAX_LENGTH
DRAFT_ORDERING = Ordering("updated_at")
EXCERPT_LENGTH = 100
