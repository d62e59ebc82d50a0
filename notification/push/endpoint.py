"""The connection to a push service. A browser names its address, so it may be a trap.

We speak TLS on port 443 only, with a host all of whose addresses are public, at the address that
was looked at, and follow no redirect.
"""

import ipaddress
import socket
import ssl
from http.client import HTTPConnection, HTTPSConnection
from urllib.parse import urlsplit

from notification.constants import PUSH_TIMEOUT

PORT = 443
# Leads to IPv4 addresses, also to those of the own network.
NAT64 = ipaddress.ip_network("64:ff9b::/32")


class ForbiddenEndpointError(ValueError):
    """Not the address of a push service."""


def host_of(endpoint: str) -> str:
    """The host of a push service's address. Raises ForbiddenEndpointError."""
    try:
        parts = urlsplit(endpoint)
        port = parts.port or PORT
    except ValueError:
        raise ForbiddenEndpointError("no address") from None
    host = parts.hostname or ""
    if parts.scheme != "https" or port != PORT or "@" in parts.netloc or not endpoint.isascii():
        raise ForbiddenEndpointError("not https")
    if "." not in host.strip(".") or _is_number(host):
        raise ForbiddenEndpointError("not a public name")
    return host


def connect(endpoint: str) -> HTTPConnection:
    """A connection that is not yet open. Raises ForbiddenEndpointError, and OSError without DNS."""
    host = host_of(endpoint)
    return _PinnedConnection(host, public_address(host))


def public_address(host: str) -> str:
    """An address of the host. Raises ForbiddenEndpointError when any of them is not public."""
    found = socket.getaddrinfo(host, PORT, type=socket.SOCK_STREAM)
    addresses = [str(address[0]) for *_, address in found]
    if not all(_is_public(address) for address in addresses):
        raise ForbiddenEndpointError("not a public address")
    return addresses[0]


class _PinnedConnection(HTTPSConnection):
    """Connects to the address that was looked at: a second look-up might answer another one."""

    def __init__(self, host: str, address: str) -> None:
        super().__init__(
            host,
            PORT,
            timeout=PUSH_TIMEOUT.total_seconds(),
            context=ssl.create_default_context(),
        )
        self.address = address

    def connect(self) -> None:
        """Open the connection to the address, under the host's name."""
        plain = socket.create_connection((self.address, PORT), self.timeout)
        self.sock = self._context.wrap_socket(plain, server_hostname=self.host)  # type: ignore[attr-defined]


def _is_number(host: str) -> bool:
    """Whether a host is an address in any of the ways in which resolvers read them."""
    last = host.rstrip(".").rpartition(".")[2]
    return ":" in host or last.isdigit() or last.lower().startswith("0x")


def _is_public(address: str) -> bool:
    ip = ipaddress.ip_address(address)
    if isinstance(ip, ipaddress.IPv6Address):
        inner = ip.ipv4_mapped or ip.sixtofour
        if ip in NAT64 or (inner and not inner.is_global):
            return False
    return ip.is_global and not ip.is_multicast
