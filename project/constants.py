"""Limits of what people write on the board."""

from datetime import timedelta

TITLE_MAX_LENGTH = 100
SUMMARY_MAX_LENGTH = 200
CONTENT_MAX_LENGTH = 50_000
COMMENT_MAX_LENGTH = 2_000
PROJECT_MAX_SKILLS = 10

# A viewer counts once in this time, however often they come back.
VIEW_WINDOW = timedelta(minutes=30)
# An uploaded image may stay without a reference this long, while its text is being written.
UNUSED_IMAGE_AGE = timedelta(days=1)
