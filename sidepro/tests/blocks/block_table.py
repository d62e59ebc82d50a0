"""What a block changes, for everything that three people are shown: one table.

A stranger sees no change anywhere. What becomes of it for the two whom the block parts:

- PUBLIC: nothing: it stands on public pages, or concerns the caller alone
- SPARED: the blocker no longer finds the blocked one; the blocked one sees what everybody sees
- APART: neither finds the other
- REFUSED: 409 `not_accepting` for both
- READ_ONLY: the blocker no longer has the room; the blocked one's is `unavailable`, and a request
  of theirs goes on waiting as if it had not been answered
"""

PUBLIC, SPARED, APART, REFUSED, READ_ONLY = "public", "spared", "apart", "refused", "read only"

# "method path": what a block does there. A new endpoint has to be put here.
ENDPOINTS = {
    "get auth/availability/": PUBLIC,
    "post auth/email/change/": PUBLIC,
    "post auth/email/verify/": PUBLIC,
    "post auth/email/verify/resend/": PUBLIC,
    "post auth/logout/": PUBLIC,
    "post auth/password/change/": PUBLIC,
    "post auth/password/reset/": PUBLIC,
    "post auth/password/reset/confirm/": PUBLIC,
    "post auth/register/": PUBLIC,
    "post auth/token/": PUBLIC,
    "post auth/token/refresh/": PUBLIC,
    "get users/me/": PUBLIC,
    "patch users/me/": PUBLIC,
    "delete users/me/": PUBLIC,
    "post images/": PUBLIC,
    "post markdown/": PUBLIC,
    "get drafts/": PUBLIC,
    "get drafts/{id}/": PUBLIC,
    "put drafts/{id}/": PUBLIC,
    "delete drafts/{id}/": PUBLIC,
    "get skills/": PUBLIC,
    "get skills/{slug}/": PUBLIC,
    "post skills/suggestions/": PUBLIC,
    "get skills/{slug}/follow/": PUBLIC,
    "put skills/{slug}/follow/": PUBLIC,
    "delete skills/{slug}/follow/": PUBLIC,
    # people
    "get users/": APART,
    "get users/{username}/": PUBLIC,
    "get users/{username}/follow/": PUBLIC,
    "put users/{username}/follow/": PUBLIC,  # but it delivers nothing
    "delete users/{username}/follow/": PUBLIC,
    "get follows/": SPARED,
    "get recommendations/people/": APART,
    # safety itself
    "get blocks/": PUBLIC,
    "get users/{username}/block/": PUBLIC,
    "put users/{username}/block/": PUBLIC,
    "delete users/{username}/block/": PUBLIC,
    "post reports/": PUBLIC,
    # the board
    "get projects/": SPARED,
    "get projects/count/": PUBLIC,  # a number only; it counts what `get projects/` shows
    "post projects/": PUBLIC,
    "get projects/{id}/": PUBLIC,
    "patch projects/{id}/": PUBLIC,
    "delete projects/{id}/": PUBLIC,
    "get projects/{id}/similar/": SPARED,
    "put projects/{id}/bookmark/": PUBLIC,
    "delete projects/{id}/bookmark/": PUBLIC,
    "put projects/{id}/dismissal/": PUBLIC,
    "delete projects/{id}/dismissal/": PUBLIC,
    "get projects/{id}/comments/": SPARED,
    "post projects/{id}/comments/": REFUSED,
    "patch comments/{id}/": REFUSED,
    "delete comments/{id}/": PUBLIC,
    "get recommendations/": APART,
    "get recommendations/starters/": PUBLIC,
    # what one is notified
    "get notifications/": APART,
    "get notifications/unread/": PUBLIC,
    "post notifications/read/": PUBLIC,
    "get notifications/settings/": PUBLIC,
    "patch notifications/settings/": PUBLIC,
    "get notifications/push/": PUBLIC,
    "post notifications/push/": PUBLIC,
    "post notifications/push/end/": PUBLIC,
    # coffee chats
    "get rooms/": READ_ONLY,
    "post rooms/": REFUSED,
    "get rooms/{id}/": READ_ONLY,
    "delete rooms/{id}/": READ_ONLY,
    "get rooms/{id}/messages/": READ_ONLY,
    "post rooms/{id}/accept/": READ_ONLY,
}
# What the server sends to sockets.
FRAMES = {
    # of a room
    "message.ack": READ_ONLY,
    "message.new": READ_ONLY,
    "sync.done": PUBLIC,
    "read": READ_ONLY,
    "typing": READ_ONLY,
    "status": READ_ONLY,
    "presence": READ_ONLY,
    "head": PUBLIC,
    "pong": PUBLIC,
    "error": PUBLIC,
    # of the inbox
    "unread": APART,
    "notification": APART,
    "room": READ_ONLY,
    "room.removed": READ_ONLY,
}
# Rendered pages, which no log-in reaches: the same for everybody.
PAGES = [
    "/",
    "/projects",
    "/projects/{id}",
    "/users/{username}",
    "/skills/django",
    "/people",
    "/feed.xml",
    "/users/{username}/feed.xml",
    "/skills/django/feed.xml",
    "/sitemap-people.xml",
]
