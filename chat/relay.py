"""Hints between processes, through the channel layer.

The layer is channels-redis' pub/sub one: it relays about three times what the core layer does, has
no capacity beyond which it drops silently, and its subscriptions do not expire. What it may lose
does not matter: a hint says that something is new, the database says what, and a socket that sees
a hole in `seq`, or a newer head at its heartbeat, asks there.
"""

import logging
from typing import Any
from uuid import UUID

from channels.layers import get_channel_layer
from redis.exceptions import RedisError

from chat import metrics

logger = logging.getLogger(__name__)


def room_group(room_id: UUID) -> str:
    """The group of the sockets in a room."""
    return f"chat.room.{room_id.hex}"


def inbox_group(user_id: int) -> str:
    """The group of a person's inbox sockets."""
    return f"chat.inbox.{user_id}"


async def publish(group: str, handler: str, **content: Any) -> None:
    """Call `handler` of each socket in the group, as far as the layer reaches them."""
    layer = get_channel_layer()
    assert layer is not None
    metrics.hints.inc()
    try:
        await layer.group_send(group, {"type": handler, **content})
    except (RedisError, OSError) as error:
        metrics.hints_dropped.inc()
        logger.warning("A hint was not relayed: %s", type(error).__name__)
