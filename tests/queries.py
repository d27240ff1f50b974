"""How many queries an address costs, so that tests can compare few rows with many."""

from django.core.cache import caches
from django.db import connection
from django.test.utils import CaptureQueriesContext


def queries_of(client, address: str, **extra) -> int:
    """Of the second request to `address`: caches are warm, as they are for nearly every reader."""
    for alias in ("local", "renditions"):
        caches[alias].clear()
    first = client.get(address, **extra)
    assert first.status_code == 200, f"{address}: {first.status_code}"
    with CaptureQueriesContext(connection) as captured:
        client.get(address, **extra)
    return len(captured)
