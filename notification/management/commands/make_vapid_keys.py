"""`manage.py make_vapid_keys`: the keys of Web Push."""

from base64 import urlsafe_b64encode
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.core.management.base import BaseCommand


class Command(BaseCommand):
    """Prints a new pair of keys as two lines for the environment."""

    help = __doc__
    requires_system_checks = ()

    def handle(self, *args: Any, **options: Any) -> None:
        """Make and print them; browsers subscribe to one public key, so do this once."""
        key = ec.generate_private_key(ec.SECP256R1())
        public = key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
        private = key.private_numbers().private_value.to_bytes(32, "big")
        self.stdout.write(f"VAPID_PUBLIC_KEY={_text(public)}")
        self.stdout.write(f"VAPID_PRIVATE_KEY={_text(private)}")


def _text(value: bytes) -> str:
    return urlsafe_b64encode(value).decode().rstrip("=")
