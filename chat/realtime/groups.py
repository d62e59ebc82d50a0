"""Hints between sockets, also of other processes, through the channel layer.

The layer is channels-redis' pub/sub one: it relays about three times what the core layer does, has
no capacity beyond which it drops silently, and its subscriptions do not expire. What it may lose
does not matter: a hint says that something is new, the database says what, and a socket that sees
a hole in `seq`, or a newer head at its heartbeat, asks there.
"""

import asyncio
import logging
from collections.abc import Iterable
from functools import partial
from typing import Any
from uuid import UUID

from asgiref.sync import async_to_sync
from channels.layers import get_channel_layer
from django.db import transaction
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


async def notify_inboxes(changed: Iterable[tuple[UUID, int]]) -> None:
    """Let people's inboxes look at a room again, for each (room, person)."""
    await asyncio.gather(
        *(
            publish(inbox_group(user_id), "inbox.room", room_id=str(room_id))
            for room_id, user_id in changed
        )
    )


def room_changed(room_id: UUID, user_ids: Iterable[int]) -> None:
    """After the commit, notify these people's sockets in a room, and their inboxes.

    For a service that changed who is in the room or what they may do there.
    """
    _on_commit(_publish_change, room_id, tuple(user_ids))


def room_read(room_id: UUID, user_id: int, seq: int) -> None:
    """After the commit, notify a room's sockets and the reader's inbox of a read mark."""
    _on_commit(_publish_read, room_id, user_id, seq)


def notifications_changed(user_ids: Iterable[int]) -> None:
    """Let people's inboxes look at their notifications again, for a change that is committed."""
    async_to_sync(_publish_notifications)(tuple(user_ids))


async def _publish_notifications(user_ids: tuple[int, ...]) -> None:
    await asyncio.gather(
        *(publish(inbox_group(user_id), "inbox.notifications") for user_id in user_ids)
    )


async def _publish_change(room_id: UUID, user_ids: tuple[int, ...]) -> None:
    await publish(room_group(room_id), "room.changed", user_ids=list(user_ids))
    await notify_inboxes((room_id, user_id) for user_id in user_ids)


async def _publish_read(room_id: UUID, user_id: int, seq: int) -> None:
    await publish(room_group(room_id), "room.read", user_id=user_id, seq=seq)
    await notify_inboxes([(room_id, user_id)])


def _on_commit(notify: Any, *arguments: Any) -> None:
    """What cannot be notified is logged and fails nothing: the change has been committed."""
    transaction.on_commit(partial(async_to_sync(notify), *arguments), robust=True)
