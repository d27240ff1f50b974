"""Networks that requests come from, as hashes that nobody can turn back once the day is over."""

from headless.content.client_address import client_network
from headless.content.daily_secrets import daily_hash


def network_of(*, address: str) -> str:
    """
    Return the hash of the network that a request came from, valid for today.

    All addresses that are unknown, as behind a socket, are one network.
    """
    return daily_hash(client_network(address) or "unknown", purpose="feedback.network")
