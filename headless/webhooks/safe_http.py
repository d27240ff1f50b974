"""Send requests to URLs that editors entered, and only to public addresses (SSRF)."""

import ipaddress
import socket
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

import certifi
import urllib3
from django.utils.translation import gettext as _

PORTS = {"http": 80, "https": 443}
# The part of IPv6 that is routed on the internet (RFC 4291): the rest is local, reserved, or
# stands for an IPv4 address (mapped, compatible, translated, NAT64).
GLOBAL_UNICAST = ipaddress.ip_network("2000::/3")
# Networks without servers, or tunnels to IPv4 addresses that may be private, which `is_global`
# lets through in some versions of Python: IETF protocol assignments with Teredo, documentation,
# 6to4, and its relays (IANA's special-purpose address registries).
SPECIAL = [
    ipaddress.ip_network(each)
    for each in (
        "2001::/23",
        "2001:db8::/32",
        "2002::/16",
        "3fff::/20",
        "192.0.0.0/24",
        "192.88.99.0/24",
    )
]


class PrivateAddressError(Exception):
    """A URL resolves to a private or reserved address (SSRF)."""


@dataclass(frozen=True, slots=True)
class ReceivedResponse:
    """The response of another server; `excerpt` is the start of the body, if it was asked for."""

    status: int
    location: str = ""
    excerpt: str = ""


def send_request(
    method: str,
    url: str,
    *,
    headers: Mapping[str, str],
    body: bytes | None = None,
    is_public: Callable[[str], bool] | None = None,
    seconds: float = 10,
    excerpt: int = 0,
) -> ReceivedResponse:
    """
    Send one request to the address that was checked, and return the response.

    Redirects are not followed. After DNS resolution the whole request takes at most `seconds`, even
    if the server responds slowly byte by byte. `is_public` replaces the check of addresses;
    `excerpt` is the number of bytes of the body to return. Raise `PrivateAddressError`, `OSError`
    (`TimeoutError` after `seconds`), urllib3's `HTTPError` or `ValueError`.
    """
    parts = urlsplit(url)
    host, port, address = resolve_public_address(url, is_public or is_public_address)
    pool = _pool(parts.scheme, address, port, host, seconds)
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    # The IDNA form, because a header is ASCII.
    named = f"[{host}]" if ":" in host else host
    named += f":{parts.port}" if parts.port else ""
    with pool, Deadline(pool, seconds) as deadline:
        try:
            response = pool.urlopen(
                method,
                path,
                body=body,
                headers={"Host": named, **headers},
                redirect=False,
                preload_content=False,
            )
        except (urllib3.exceptions.HTTPError, OSError, ValueError) as error:
            if deadline.passed:
                raise TimeoutError from error
            raise
        try:
            if deadline.passed:
                # A response that was aborted within its headers looks complete.
                raise TimeoutError
            location = response.headers.get("Location", "")
            return ReceivedResponse(response.status, location, _beginning(response, excerpt))
        finally:
            # Without closing, an endless body would be read.
            response.close()


def resolve_public_address(url: str, is_public: Callable[[str], bool]) -> tuple[str, int, str]:
    """
    Return host, port and IP address to connect to for `url`.

    Raise `PrivateAddressError` for another scheme than HTTP(S), for credentials in the URL, and if
    `is_public` is false for an address of the host; raise `OSError` if the host does not resolve.
    """
    parts = urlsplit(url)
    if parts.scheme not in PORTS or not parts.hostname or "@" in parts.netloc:
        raise PrivateAddressError(_("Only http:// and https:// addresses are allowed."))
    port = parts.port or PORTS[parts.scheme]
    host = parts.hostname.encode("idna").decode()
    return host, port, public_address(host, port, is_public)


def _beginning(response, length):
    if not length:
        return ""
    try:
        return response.read(length, decode_content=False).decode(errors="replace")
    except (urllib3.exceptions.HTTPError, OSError, ValueError):
        # The status is known; an aborted body does not change the result.
        return ""


def _pool(scheme, address, port, host, seconds):
    options = {
        "timeout": urllib3.Timeout(connect=seconds / 2, read=seconds),
        "retries": False,
    }
    if scheme == "http":
        return urllib3.HTTPConnectionPool(address, port, **options)
    return urllib3.HTTPSConnectionPool(
        address,
        port,
        server_hostname=host,
        assert_hostname=host,
        ca_certs=certifi.where(),
        cert_reqs="CERT_REQUIRED",
        **options,
    )


class Deadline:
    """
    Abort a pool's connections after `seconds`; socket timeouts start anew with each byte received.
    """

    def __init__(self, pool, seconds: float):
        self.passed = False
        # Duplicated sockets, because TLS wraps and replaces the first one.
        opened: list[socket.socket] = []
        self.opened = opened

        class Connection(pool.ConnectionCls):
            def _new_conn(self):
                sock = super()._new_conn()
                opened.append(sock.dup())
                return sock

        pool.ConnectionCls = Connection
        self.timer = threading.Timer(seconds, self.cut)
        self.timer.daemon = True

    def __enter__(self):
        self.timer.start()
        return self

    def __exit__(self, *args):
        self.timer.cancel()
        for sock in self.opened:
            sock.close()

    def cut(self):
        """Shut down all connections; called by the timer."""
        self.passed = True
        for sock in self.opened:
            try:
                sock.shutdown(socket.SHUT_RDWR)
            except OSError:  # closed at the same moment
                continue


def public_address(host: str, port: int, is_public: Callable[[str], bool]) -> str:
    """
    Return an IP address of a host; raise `PrivateAddressError` unless all its addresses are public.
    """
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    addresses = list(dict.fromkeys(entry[4][0] for entry in found))
    if not addresses or not all(map(is_public, addresses)):
        raise PrivateAddressError(_("It resolves to a private or reserved address."))
    return addresses[0]


def is_public_address(address: str) -> bool:
    """Return whether an IP address is one of the public internet (the guard against SSRF)."""
    parsed = ipaddress.ip_address(address.partition("%")[0])
    if parsed.version == 6 and parsed not in GLOBAL_UNICAST:
        return False
    if any(parsed in network for network in SPECIAL):
        return False
    return parsed.is_global and not parsed.is_multicast
