"""Requests to servers of others whose addresses editors wrote: our own network is not asked."""

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
# All of IPv6 that is routed on the internet (RFC 4291): what lies outside is local, reserved, or
# stands for an IPv4 address (mapped, compatible, translated, NAT64).
GLOBAL_UNICAST = ipaddress.ip_network("2000::/3")
# What no server is at, or what tunnels to an IPv4 address that may be anybody's, and `is_global`
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
    """An address that is none of the public internet: our own network is nobody's to look into."""


@dataclass(frozen=True, slots=True)
class ReceivedResponse:
    """What a server answered; `excerpt` is the beginning of the body, if that was asked for."""

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
    The answer to one request to the very address that was judged; redirects are not followed.

    Nothing takes longer than `seconds` once the name is resolved, however slowly a server drips.
    Raises `PrivateAddressError`, `OSError` (a `TimeoutError` when time is up), urllib3's `HTTPError` or
    `ValueError`.
    """
    parts = urlsplit(url)
    host, port, address = resolve_public_address(url, is_public or is_public_address)
    pool = _pool(parts.scheme, address, port, host, seconds)
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    # As it is asked for in DNS: a name with marks is no word for a header.
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
                # What was cut off within its headers looks as if it had ended.
                raise TimeoutError
            location = response.headers.get("Location", "")
            return ReceivedResponse(response.status, location, _beginning(response, excerpt))
        finally:
            # An endless body would not end.
            response.close()


def resolve_public_address(url: str, is_public: Callable[[str], bool]) -> tuple[str, int, str]:
    """Host, port and the IP address to ask for `url`; raises `PrivateAddressError` or `OSError`."""
    parts = urlsplit(url)
    if parts.scheme not in PORTS or not parts.hostname or "@" in parts.netloc:
        raise PrivateAddressError(_("Only http:// and https:// addresses are asked."))
    port = parts.port or PORTS[parts.scheme]
    host = parts.hostname.encode("idna").decode()
    return host, port, public_address(host, port, is_public)


def _beginning(response, length):
    if not length:
        return ""
    try:
        return response.read(length, decode_content=False).decode(errors="replace")
    except (urllib3.exceptions.HTTPError, OSError, ValueError):
        # The server has answered; that it broke off its words changes nothing.
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
    """Cuts a pool's connections when time is up: time-outs of sockets begin anew with each byte."""

    def __init__(self, pool, seconds: float):
        self.passed = False
        # Duplicates, which stand for the connection whatever TLS makes of the first socket.
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
        self.passed = True
        for sock in self.opened:
            try:
                sock.shutdown(socket.SHUT_RDWR)
            except OSError:  # it has been closed in this moment
                continue


def public_address(host: str, port: int, is_public: Callable[[str], bool]) -> str:
    """An address of a host, all of whose addresses must be public."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    addresses = list(dict.fromkeys(entry[4][0] for entry in found))
    if not addresses or not all(map(is_public, addresses)):
        raise PrivateAddressError(_("It leads to a private or reserved address."))
    return addresses[0]


def is_public_address(address: str) -> bool:
    """Return whether an IP address is one of the public internet (the guard against SSRF)."""
    parsed = ipaddress.ip_address(address.partition("%")[0])
    if parsed.version == 6 and parsed not in GLOBAL_UNICAST:
        return False
    if any(parsed in network for network in SPECIAL):
        return False
    return parsed.is_global and not parsed.is_multicast
