"""What the tests of sockets ask and do alike."""

from channels.db import database_sync_to_async as db

from chat.models import Message
from user.login.sessions import suspend_users
from user.models import User


@db
def messages(room):
    """The numbers and texts of a room's messages."""
    return list(Message.objects.filter(room=room).order_by("seq").values_list("seq", "body"))


def person(user):
    """How frames name a person."""
    return {"user_id": user.pk, "username": user.username}


async def refused(client):
    """The code with which a socket is refused."""
    await client.connect()
    return await client.close_code()


def suspend(user):
    """Suspend a person."""
    suspend_users(User.objects.filter(pk=user.pk))
