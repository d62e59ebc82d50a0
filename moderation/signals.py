"""What moderation tells the floors above it, each time inside the transaction of the change."""

from django.dispatch import Signal

# Sent with `blocker` and `blocked` (users) when a block begins or ends.
blocked = Signal()
unblocked = Signal()
# Sent with `case` (decided, with its reports) for those who have to be notified.
case_decided = Signal()
