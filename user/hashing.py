"""Password hashing that cannot take the machine: few at once in a process, and not for ever."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import BoundedSemaphore

from django.contrib.auth import hashers

from user.api.errors import ServiceUnavailable

# One Argon2 hash takes 100 MB and most of a core for some 50 ms (Django's parameters).
AT_ONCE = 2
MAX_WAIT = 5.0  # seconds; who waits longer is told to come back
_places = BoundedSemaphore(AT_ONCE)


@contextmanager
def _place() -> Iterator[None]:
    """Wait for one of the places. Raises ServiceUnavailable (503) after `MAX_WAIT`."""
    if not _places.acquire(timeout=MAX_WAIT):
        raise ServiceUnavailable(retry_after=MAX_WAIT)
    try:
        yield
    finally:
        _places.release()


class BoundedArgon2Hasher(hashers.Argon2PasswordHasher):
    """Argon2 with Django's parameters, at most `AT_ONCE` at a time in a process."""

    def encode(self, password: str, salt: str) -> str:
        """The hash to store. Raises ServiceUnavailable (503)."""
        with _place():
            return super().encode(password, salt)

    def verify(self, password: str, encoded: str) -> bool:
        """Whether this is the password. Raises ServiceUnavailable (503)."""
        with _place():
            return super().verify(password, encoded)
