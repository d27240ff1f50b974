"""Networks that requests come from, as hashes that nobody can turn back once the day is over."""

import hashlib
import hmac
import secrets

from django.utils import timezone

from headless.content.client_address import client_network

from .models import NetworkKey


def network_of(*, address: str) -> str:
    """
    Return a keyed hash of the network a request came from, "" if its address is unknown.

    The key is random and made on the day's first use, which also deletes those of earlier days.
    """
    network = client_network(address)
    if network is None:
        return ""
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
