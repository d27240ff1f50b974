"""Who is the same reader, told without a cookie and without keeping an address."""

import datetime

from headless.content.requests.client_address import client_network
from headless.content.requests.daily_secrets import daily_hash


def visitor_key(address: str, user_agent: str, day: datetime.date) -> str:
    """Return the hash that stands for a reader on one day."""
    value = f"{client_network(address)} {user_agent}"
    return daily_hash(value, purpose="widgets.visitor", day=day)[:20]
