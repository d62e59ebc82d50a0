"""Password hashing that cannot take the machine: few at once in a process, and not for ever."""

from django.contrib.auth import hashers

from user.api.bounded import Bounded

# One Argon2 hash takes 100 MB and most of a core for some 50 ms (Django's parameters).
hashing = Bounded(at_once=2, max_wait=5)


class BoundedArgon2Hasher(hashers.Argon2PasswordHasher):
    """Argon2 with Django's parameters, two at a time in a process."""

    def encode(self, password: str, salt: str) -> str:
        """The hash to store. Raises ServiceUnavailable (503)."""
        with hashing.place():
            return super().encode(password, salt)

    def verify(self, password: str, encoded: str) -> bool:
        """Whether this is the password. Raises ServiceUnavailable (503)."""
        with hashing.place():
            return super().verify(password, encoded)
