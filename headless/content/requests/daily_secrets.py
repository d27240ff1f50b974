"""
Hashes that last one day: they tell who is the same reader, and nobody can turn them back afterwards.

They are keyed with a random secret of the day and with `SECRET_KEY`. The secret is made when the day
needs it first, which deletes those of earlier days, and `delete_old_secrets` deletes it when the day
is over and nobody came since.
"""

import datetime
import hmac
import secrets
from hashlib import sha256

from django.conf import settings
from django.db import connection
from django.utils import timezone

from ..models import DailySecret

_keys: dict[datetime.date, bytes] = {}


def daily_hash(value: str, *, purpose: str, day: datetime.date | None = None) -> str:
    """
    Return 32 hexadecimal digits that stand for `value` on one day, today unless it is given.

    Hashes for different purposes cannot be compared with each other.
    """
    key = _key_of(day or timezone.localdate())
    return hmac.new(key, f"{purpose}:{value}".encode(), sha256).hexdigest()[:32]


def delete_old_secrets(today: datetime.date) -> None:
    """Delete the secrets of the days before `today`."""
    DailySecret.objects.filter(day__lt=today).delete()


def _key_of(day):
    """Return the key of a day, the same in all processes."""
    key = _keys.get(day)
    if key is None:
        secret = _secret_of(day)
        key = hmac.new(settings.SECRET_KEY.encode(), secret.encode(), sha256).digest()
        # A secret that is not committed yet may be rolled back, and others would make another one.
        if not connection.in_atomic_block:
            _keys.clear()
            _keys[day] = key
    return key


def _secret_of(day):
    row, is_new = DailySecret.objects.get_or_create(
        day=day, defaults={"secret": secrets.token_hex(32)}
    )
    if is_new:
        delete_old_secrets(day)
    return row.secret
