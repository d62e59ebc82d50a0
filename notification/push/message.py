"""What a push says: what the list on the site says, and nothing of what people wrote."""

import json
from typing import Any

from django.utils.translation import override

from notification import wording
from notification.links import marking, path_of
from user.models import User

LIST = "/notifications"


def message_for(reader: User, rows: list[Any]) -> str:
    """One push about all of these rows (`NotificationQuerySet.for_sending`), in the reader's words.

    JSON for the service worker. The same `tag` again replaces what the device shows already.
    """
    with override(reader.language):
        newest = rows[0]
        body, url, tag = "", LIST, "notifications"
        if len(rows) == 1:
            body = wording.sentence(newest.kind, newest.actor_username, newest.title, newest.count)
            path = path_of(newest.kind, newest.target, newest.source, newest.count)
            url = marking(path or LIST, newest.pk)
            tag = f"notification-{newest.pk}"
        return json.dumps(
            {
                "title": wording.subject([row.kind for row in rows], len(rows)),
                "body": body,
                "url": url,
                "tag": tag,
                "language": reader.language,
            }
        )
