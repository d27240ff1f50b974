"""Who is the same reader, told without a cookie and without keeping an address."""

import datetime
import secrets
from hashlib import blake2b

from django.conf import settings

from headless.content.client_address import client_network

from ..models.visits import VisitorSalt


def visitor_key(address: str, user_agent: str, day: datetime.date) -> str:
    """
    The hash that stands for a reader on one day.

    Keyed with the day's salt, which is deleted when the day is over, and the installation's
    secret: then nobody can find out which address it was, nor follow it into the next day.
    """
    value = f"{client_network(address)} {user_agent}"
    return blake2b(value.encode(), digest_size=10, key=key_of(day)).hexdigest()


def key_of(day: datetime.date) -> bytes:
    """What visitors of a day are hashed with: the same in all processes, forgotten afterwards."""
    key = _keys.get(day)
    if key is None:
        salt = salt_of(day)
        _keys.clear()
        key = _keys[day] = blake2b(f"{salt} {settings.SECRET_KEY}".encode()).digest()
    return key


def salt_of(day: datetime.date) -> str:
    """The salt of a day; those before it are deleted when the first reader comes."""
    row, new = VisitorSalt.objects.get_or_create(day=day, defaults={"salt": secrets.token_hex(32)})
    if new:
        VisitorSalt.objects.filter(day__lt=day).delete()
    return row.salt


_keys: dict[datetime.date, bytes] = {}
