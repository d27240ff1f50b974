"""
Reading the comments of a busy article: 100,000 comments on the site, 5,000 of them on one article.

Prints the median time and the number of queries of page and API, for that article and for one
with 20 comments. The first must be under twice the second.
"""

import statistics
import time
from uuid import uuid4

import django

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import (  # noqa: E402
    CaptureQueriesContext,
    setup_test_environment,
    teardown_test_environment,
)

RUNS = 15


def fill(article, count, start=0):
    from feedback.models import Comment

    Comment.objects.bulk_create(
        (
            Comment(
                page=article,
                name=f"Người đọc {number}",
                body="Cảm ơn phường, đường mới rất sạch. " * 5,
                status="approved",
                visitor=uuid4(),
                verified=True,
            )
            for number in range(start, start + count)
        ),
        batch_size=2000,
    )


def measure(client, address):
    for _ in range(2):
        client.get(address)
    with CaptureQueriesContext(connection) as captured:
        response = client.get(address)
        queries = len(captured)
    assert response.status_code == 200, (address, response.status_code)
    times = []
    for _ in range(RUNS):
        start = time.perf_counter()
        client.get(address)
        times.append((time.perf_counter() - start) * 1000)
    return statistics.median(times), queries


def main():
    from feedback.counts.aggregates import recount
    from tests.factories import make_article, make_portal

    setup_test_environment()
    name = connection.creation.create_test_db(verbosity=0, autoclobber=True)
    try:
        portal = make_portal()
        few, many, rest = (make_article(portal.news) for _ in range(3))
        fill(few, 20)
        fill(many, 5_000)
        fill(rest, 94_980)
        recount(repair=True)
        call_command("createcachetable", verbosity=0)
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("ANALYZE")
        client = Client()
        for label, template in (
            ("page", "{url}"),
            ("page, oldest first", "{url}?order=oldest"),
            ("API", "/api/v3/pages/{pk}/comments/"),
        ):
            found = [
                measure(client, template.format(url=page.url, pk=page.pk)) for page in (few, many)
            ]
            (small, queries), (large, same) = found
            print(
                f"{label:<20} 20: {small:6.1f} ms, {queries} queries   "
                f"5,000: {large:6.1f} ms, {same} queries   x{large / small:.2f}"
            )
        last, queries = measure(client, f"{many.url}?comments=250")
        print(f"{'page 250':<20} {last:6.1f} ms, {queries} queries")
    finally:
        connection.creation.destroy_test_db(name, verbosity=0)
        teardown_test_environment()


if __name__ == "__main__":
    main()
