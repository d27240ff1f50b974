"""How many queries an address costs, so that tests can compare few rows with many."""

from django.core.cache import caches
from django.db import connection
from django.test.utils import CaptureQueriesContext


def queries_of(client, address: str, **extra) -> int:
    """
    Of the third request to `address`: caches are warm, as they are for nearly every reader. (The
    first one of all writes down the site's settings, and that is a change of content.) Reading the
    content version does not count: with Redis it is a query only while a change is not committed,
    as within a test.
    """
    for alias in ("local", "renditions"):
        caches[alias].clear()
    for _time in range(2):
        response = client.get(address, **extra)
        assert response.status_code == 200, f"{address}: {response.status_code}"
    with CaptureQueriesContext(connection) as captured:
        client.get(address, **extra)
    return sum("civic_headless_contentchange" not in each["sql"] for each in captured)
