"""Determine the client's address behind proxies, and the network that rate limits count by."""

from collections.abc import Sequence
from functools import lru_cache
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

IPV6_NETWORK_BITS = 64


def parse_address(text: str) -> IPv4Address | IPv6Address | None:
    """
    Parse an IP address as servers and proxies write it; return None if it is not one.

    Ports, brackets, quotes and zone ids (`203.0.113.9:5678`, `"[2001:db8::1]:443"`, `fe80::1%eth0`)
    are dropped. An IPv4-mapped IPv6 address is returned as IPv4. `unknown` and obfuscated
    identifiers such as `_hidden` (RFC 7239, section 6) are not addresses.
    """
    text = text.strip().strip('"').strip()
    if text.startswith("["):
        text = text[1:].partition("]")[0]
    elif text.count(":") == 1:
        text = text.partition(":")[0]
    try:
        address = ip_address(text.partition("%")[0])
    except ValueError:
        return None
    return getattr(address, "ipv4_mapped", None) or address


def client_address(
    peer: str, forwarded_for: str, trusted_proxies: Sequence[str]
) -> IPv4Address | IPv6Address | None:
    """
    Return the client's address behind the trusted proxies, None if it cannot be trusted.

    `peer` is the address of the connection, `forwarded_for` the header `X-Forwarded-For`. The
    header is read from its end for as long as each hop is a trusted proxy, so that a value forged
    by the client is never used. A hop that is not an address ends the walk with None, since
    everything before it is unverified. If all hops are trusted proxies, the result is the peer.
    """
    address = parse_address(peer)
    networks = _networks(tuple(trusted_proxies))
    if not _is_within(address, networks):
        return address
    for item in reversed(forwarded_for.split(",")):
        if not item.strip():
            continue
        hop = parse_address(item)
        if not _is_within(hop, networks):
            return hop
    return address


@lru_cache(maxsize=2048)
def client_network(address: str) -> str | None:
    """
    Return the network under which rate limits count an address, None if the address is unknown.

    This is an IPv4 address itself, or the first 64 bits of an IPv6 address, which are assigned to
    one subscriber.
    """
    parsed = parse_address(address)
    if parsed is None:
        return None
    bits = parsed.max_prefixlen if parsed.version == 4 else IPV6_NETWORK_BITS
    return str(ip_network((parsed, bits), strict=False).network_address)


def _is_within(address, networks) -> bool:
    return address is not None and any(address in network for network in networks)


@lru_cache(maxsize=8)
def _networks(values: tuple[str, ...]):
    return tuple(ip_network(value, strict=False) for value in values)
