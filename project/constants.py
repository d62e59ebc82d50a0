"""The board's orderings, and limits of what people write there."""

from datetime import timedelta

from user.api.pagination import Ordering

TITLE_MAX_LENGTH = 100
SUMMARY_MAX_LENGTH = 200
CONTENT_MAX_LENGTH = 50_000
COMMENT_MAX_LENGTH = 2_000
PROJECT_MAX_SKILLS = 10

# What `?ordering=` of the board takes; each has its index.
BOARD_ORDERINGS = {
    "newest": Ordering("created_at"),
    "views": Ordering("view_count"),
    "popular": Ordering("bookmark_count"),
}
COMMENT_ORDERING = Ordering("created_at", descending=False)

# A viewer counts once in this time, however often they come back.
VIEW_WINDOW = timedelta(minutes=30)
# An uploaded image may stay without a reference this long, while its text is being written.
UNUSED_IMAGE_AGE = timedelta(days=1)
