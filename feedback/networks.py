"""Networks that requests come from, as hashes that nobody can turn back once the day is over."""

import hashlib
import hmac
import ipaddress
import secrets

from django.utils import timezone

from .models import NetworkKey


def network_of(*, address: str) -> str:
    """
    A hash of the network a request came from that nobody can turn back once the day is over.

    A network is an IPv4 address or the first half of an IPv6 one. The key is random, made on the
    day's first use, which also deletes those of earlier days.
    """
    try:
        parsed = ipaddress.ip_address(address)
        parsed = getattr(parsed, "ipv4_mapped", None) or parsed
        bits = 32 if parsed.version == 4 else 64
        network = str(ipaddress.ip_network((parsed, bits), strict=False))
    except ValueError:
        # A server behind a socket that tells no address: all its readers are one network.
        network = "unknown"
    secret = _todays_secret().encode()
    return hmac.new(secret, network.encode(), hashlib.sha256).hexdigest()[:32]


def _todays_secret():
    today = timezone.localdate()
    key = NetworkKey.objects.filter(day=today).first()
    if key is None:
        key, made = NetworkKey.objects.get_or_create(
            day=today, defaults={"secret": secrets.token_hex(32)}
        )
        NetworkKey.objects.filter(day__lt=today).delete()
    return key.secret
