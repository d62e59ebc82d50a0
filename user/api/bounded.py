"""Costly work, a little of it at a time: what else comes waits, and not for ever."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import BoundedSemaphore

from user.api.errors import ServiceUnavailable


class Bounded:
    """Lets `at_once` callers of this process through; others wait up to `max_wait` seconds."""

    def __init__(self, at_once: int, max_wait: float) -> None:
        self.max_wait = max_wait
        self._places = BoundedSemaphore(at_once)

    @contextmanager
    def place(self) -> Iterator[None]:
        """Wait for a place. Raises ServiceUnavailable (503, `Retry-After`) when none comes free."""
        if not self._places.acquire(timeout=self.max_wait):
            raise ServiceUnavailable(retry_after=self.max_wait)
        try:
            yield
        finally:
            self._places.release()
