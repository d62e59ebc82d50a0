"""Where on the site a notification leads."""

from notification.constants import Kind


def path_of(kind: str, target: str, source: str, count: int = 1) -> str:
    """The path of the page that shows what happened, with the place on it; "" for none."""
    if kind == Kind.NEW_PROJECT and count > 1:
        return "/projects?following=1"
    name, _, key = target.partition(":")
    if kind == Kind.MODERATION:
        return ""
    if name == "project":
        what, _, number = source.partition(":")
        return f"/projects/{key}#comment-{number}" if what == "comment" else f"/projects/{key}"
    if name == "room":
        return f"/chat/{key}"
    return ""


def marking(path: str, notification_id: int) -> str:
    """The path with `n`, by which the site marks the notification as read."""
    page, sign, place = path.partition("#")
    return f"{page}{'&' if '?' in page else '?'}n={notification_id}{sign}{place}"
