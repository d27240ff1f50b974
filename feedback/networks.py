"""Networks that requests come from, as hashes that nobody can turn back once the day is over."""

import hashlib
import hmac
import secrets

from django.utils import timezone

from headless.content.client_address import client_network

from .models import NetworkKey


def network_of(*, address: str) -> str:
    """
    Return a hash of the network of an address, which cannot be reversed once the day is over.

    Return "" if the address is unknown: those who send none are not one network. The key is random,
    made on the day's first use, which also deletes those of earlier days.
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
