"""The protocol's fixed numbers and names (PROTOCOL.md explains them)."""

from datetime import timedelta

SUBPROTOCOL = "sidepro.chat.v1"
TOKEN_PREFIX = "bearer."  # noqa: S105 - a prefix, not a token

CLOSE_UNAUTHENTICATED = 4401
CLOSE_NOT_FOUND = 4404
CLOSE_TOO_FAST = 4429
CLOSE_TOO_BIG = 1009

MESSAGE_MAX_LENGTH = 4000
REQUEST_MESSAGE_MAX_LENGTH = 500
REQUEST_LIFETIME = timedelta(days=7)
# How long a person who refused another one is left alone.
COOLDOWN = timedelta(days=30)
REQUESTS_WAITING = 5
REQUESTS_PER_DAY = 10

FRAME_MAX_BYTES = 16 * 1024
HISTORY_PAGE = 100
TYPING_EVERY = 2.0  # seconds
INBOX_EVERY = 0.1  # seconds in which an inbox gathers what changed
# How long a new message's hint to the inboxes waits for others, so that a busy room needs few.
INBOX_HINTS_EVERY = 1.0  # seconds
# A client that is silent after connecting goes live after this time without asking for a sync.
LIVE_AFTER = 1.0  # seconds
# How long a hint waits for the one before it, until the database is asked. Under load two processes
# are some 0.4 s apart: asking sooner cost bench.chat 9 % of its messages.
HOLE_PATIENCE = 1.0  # seconds
# Seconds between renewals of leases and group memberships. A socket closes within 15 s of its
# session's end, five of which Autobahn may give a client that does not read.
HEARTBEAT = 10.0
HEAD_EVERY = 25.0  # seconds of silence after which the newest `seq` is sent
# Presence of a socket whose process died ends after this time.
LEASE = timedelta(seconds=45)
