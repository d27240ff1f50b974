"""Who is the same reader, told without a cookie and without keeping an address."""

import datetime
import secrets
from functools import lru_cache
from ipaddress import IPv6Address, ip_address

from django.utils.crypto import salted_hmac

from ..models.visits import VisitorSalt

# A household or a phone has such a network of its own and changes addresses within it.
IPV6_NETWORK_BITS = 64


def visitor_key(address: str, user_agent: str, day: datetime.date) -> str:
    """
    The hash that stands for a reader on one day.

    Keyed with the day's salt, which is deleted when the day is over, and the installation's
    secret: then nobody can find out which address it was, nor follow it into the next day.
    """
    value = f"{network(address)} {user_agent}"
    return salted_hmac(salt_of(day), value, algorithm="sha256").hexdigest()[:20]


@lru_cache(maxsize=2048)
def network(address: str) -> str:
    """An IPv4 address itself, the network an IPv6 address is from."""
    try:
        parsed = ip_address(address)
    except ValueError:
        return address
    if not isinstance(parsed, IPv6Address):
        return address
    if parsed.ipv4_mapped:
        return str(parsed.ipv4_mapped)
    return f"{int(parsed) >> (128 - IPV6_NETWORK_BITS):x}/64"


def salt_of(day: datetime.date) -> str:
    """The salt of a day, the same in all processes; those of other days are forgotten."""
    salt = _salts.get(day)
    if salt is None:
        row, new = VisitorSalt.objects.get_or_create(
            day=day, defaults={"salt": secrets.token_hex(32)}
        )
        if new:
            VisitorSalt.objects.filter(day__lt=day).delete()
        _salts.clear()
        salt = _salts[day] = row.salt
    return salt


_salts: dict[datetime.date, str] = {}
