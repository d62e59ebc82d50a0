"""Counting the views of projects: whose, and how often."""

import hashlib
import logging
import re

from django.core.cache import cache
from django.db.models import F
from redis.exceptions import RedisError
from rest_framework.request import Request
from rest_framework.throttling import BaseThrottle

from project.constants import VIEW_WINDOW
from project.models import Project

logger = logging.getLogger(__name__)

# How search engines and messengers that fetch a preview name themselves. (In the browsers of
# KakaoTalk and Daum, which say `KAKAOTALK` and `DaumApps`, and on CUBOT phones people read.)
ROBOT = re.compile(
    r"(?<!cu)bot\b|crawl|spider|slurp|scrap|preview|yeti/|daum(oa)?/|mediapartners"
    r"|facebookexternalhit|whatsapp|embedly|lighthouse|pingdom|monitor",
    re.IGNORECASE,
)
PREFETCH_HEADERS = ("Sec-Purpose", "Purpose", "X-Purpose", "X-Moz")


def count_view(project: Project, request: Request) -> None:
    """Count a person's view of another user's project, once in `VIEW_WINDOW` for each viewer.

    Without the cache it is unknown who has been here, and the view is not counted.
    """
    if request.user.pk == project.author_id or not is_viewed(request):
        return
    try:
        is_new = cache.add(_view_key(project, request), 1, int(VIEW_WINDOW.total_seconds()))
    except RedisError:
        logger.warning("Views are not counted: the cache does not answer")
        return
    if is_new:
        Project.objects.filter(pk=project.pk).update(view_count=F("view_count") + 1)
        project.view_count += 1


def is_viewed(request: Request) -> bool:
    """Whether a person reads the answer: no robot, and not fetched ahead or for its head."""
    fetched_ahead = any(
        word in request.headers.get(name, "").lower()
        for name in PREFETCH_HEADERS
        for word in ("prefetch", "prerender", "preview")
    )
    robot = ROBOT.search(request.headers.get("User-Agent", ""))
    return request.method == "GET" and not fetched_ahead and not robot


def _view_key(project: Project, request: Request) -> str:
    """Who views what: the account, or else a hash of the address."""
    if request.user.is_authenticated:
        viewer = f"user:{request.user.pk}"
    else:
        address = BaseThrottle().get_ident(request)  # knows how many proxies to trust
        viewer = hashlib.sha256(str(address).encode(errors="replace")).hexdigest()
    return f"view:{project.pk}:{viewer}"
