"""What other sockets should hear after a change over HTTP."""

import asyncio
from uuid import UUID

from chat import relay


async def room_changed(room_id: UUID, *user_ids: int) -> None:
    """A room is new, somebody left or came back, or it is gone."""
    await asyncio.gather(
        relay.publish(relay.room_group(room_id), "relay.status"),
        *(
            relay.publish(relay.inbox_group(user_id), "inbox.room", room_id=str(room_id))
            for user_id in user_ids
        ),
    )
