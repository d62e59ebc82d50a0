"""What higher floors learn from here."""

from django.dispatch import Signal

# Sent after the commit with `user_ids`, the people whose list or number changed.
notified = Signal()
