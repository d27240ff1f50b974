"""Networks that requests come from, as hashes that cannot be reversed once the day is over."""

from headless.content.requests.client_address import client_network
from headless.content.requests.daily_secrets import daily_hash


def network_of(*, address: str) -> str:
    """Return today's keyed hash of the network of an address, "" if the address is unknown."""
    network = client_network(address)
    return daily_hash(network, purpose="feedback.network") if network else ""
