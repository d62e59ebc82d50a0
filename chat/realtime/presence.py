"""Who is present: leases that each process renews for its sockets, and that expire without it."""

from collections.abc import Iterable
from uuid import UUID

from django.conf import settings
from django.utils import timezone

from chat.constants import LEASE
from chat.models import Lease


class TooManySocketsError(Exception):
    """The person has as many sockets open as one person may have."""


def take(socket_id: UUID, user_id: int, room_id: UUID | None) -> None:
    """Lease the presence of a person who has opened a socket (of an inbox, without a room).

    Raises TooManySocketsError, counted over all processes.
    """
    Lease.objects.create(
        id=socket_id, user_id=user_id, room_id=room_id, expires_at=timezone.now() + LEASE
    )
    if Lease.objects.active().filter(user=user_id).count() > settings.CHAT_SOCKETS_PER_USER:
        release(socket_id)
        raise TooManySocketsError


def renew(leases: Iterable[tuple[UUID, int, UUID | None]]) -> None:
    """These sockets (id, user, room) are still open; also after their leases were cleaned away."""
    expires_at = timezone.now() + LEASE
    Lease.objects.bulk_create(
        [
            Lease(id=socket_id, user_id=user_id, room_id=room_id, expires_at=expires_at)
            for socket_id, user_id, room_id in leases
        ],
        update_conflicts=True,
        unique_fields=["id"],
        update_fields=["expires_at"],
    )


def release(socket_id: UUID) -> None:
    """The socket was closed; leases of processes that died are removed as well."""
    Lease.objects.filter(pk=socket_id).delete()
    Lease.objects.filter(expires_at__lt=timezone.now() - LEASE).delete()


def with_open_sockets(user_ids: Iterable[int]) -> list[int]:
    """Which of these people have any socket open."""
    leases = Lease.objects.active().filter(user__in=user_ids)
    return list(leases.values_list("user_id", flat=True).distinct())


def present(room_ids: Iterable[UUID]) -> set[tuple[UUID, int]]:
    """Who is present in these rooms, as (room, user)."""
    leases = Lease.objects.active().filter(room__in=room_ids)
    return {
        (room_id, user_id)
        for room_id, user_id in leases.values_list("room_id", "user_id").distinct()
        if room_id is not None
    }
