"""
Invent a year of visits and the ratings of all pages, so that charts and stars are not empty.

Everything is derived from the pages' keys and the distance from today: two installations that load
the demo on the same day have the same figures.
"""

import datetime
import random
import uuid
from collections import Counter
from collections.abc import Iterable, Mapping

from django.db import transaction
from django.utils import timezone
from wagtail.models import Page, Site

from articles.models import ArticlePage
from directives.models import DirectivePage
from feedback.counts.aggregates import lock_rating, recount_ratings
from feedback.models import Rating
from widgets.models import DailyVisits, PageViews
from widgets.visits.daily_rollup import KEPT_BY_DAY

DAYS = 365
# Views of a day from Monday to Sunday, as parts of an ordinary one.
WEEK = (1.06, 1.08, 1.02, 1.0, 0.94, 0.66, 0.52)
PAGES_PER_VISIT = 2.4
PAGES_PER_VISITOR = 2.9
# Weight of a page among all views of a day; what is dated loses it with the days.
HOME_WEIGHT = 60
SECTION_WEIGHT = 9
ARTICLE_WEIGHT = 40
DIRECTIVE_WEIGHT = 8
TRANSLATION_PART = 0.07
HALVED_AFTER = 6  # days


def load_visits(site: Site, *, views_per_day: int) -> None:
    """
    Create the counters of the last year for a site and its pages, today's up to the present hour.

    The page views of a day add up to those of the site; as the daily roll-up would, days before
    `KEPT_BY_DAY` are summed by year. Nothing is done for a site that has been visited.
    """
    if DailyVisits.objects.filter(site=site).exists():
        return
    now = timezone.localtime()
    today = now.date()
    pages = _weighted_pages(site)
    totals, page_views = [], Counter()
    for age in range(DAYS, -1, -1):
        day = today - datetime.timedelta(days=age)
        chance = random.Random(f"{site.hostname}:{age}")  # noqa: S311
        growth = 1.15 - 0.4 * age / DAYS
        views = views_per_day * growth * WEEK[day.weekday()] * chance.uniform(0.9, 1.12)
        if age == 0:
            views *= now.hour / 24
        views = round(views)
        totals.append(
            DailyVisits(
                site=site,
                day=day,
                views=views,
                visits=round(views / PAGES_PER_VISIT),
                visitors=round(views / PAGES_PER_VISITOR),
            )
        )
        kept = day if day >= today - KEPT_BY_DAY else day.replace(month=1, day=1)
        for pk, count in _distribute(views, day, pages).items():
            page_views[pk, kept] += count
    DailyVisits.objects.bulk_create(totals)
    PageViews.objects.bulk_create(
        (PageViews(page_id=pk, day=day, views=n) for (pk, day), n in page_views.items() if n),
        batch_size=1000,
    )


def _weighted_pages(site):
    """Return (primary key, weight, date or None) of the live pages of a site, its home page first."""
    articles = dict(ArticlePage.objects.live().values_list("pk", "published_at__date"))
    dates = articles | dict(DirectivePage.objects.live().values_list("pk", "issued_on"))
    homes = site.root_page.get_translations(inclusive=True).order_by("depth", "pk")
    found = []
    for home in sorted(homes, key=lambda page: page.pk != site.root_page_id):
        part = 1 if home.pk == site.root_page_id else TRANSLATION_PART
        below = Page.objects.descendant_of(home, inclusive=True).live()
        for pk, path in below.order_by("path").values_list("pk", "url_path"):
            if pk == home.pk:
                weight = HOME_WEIGHT
            elif pk not in dates:
                weight = SECTION_WEIGHT
            else:
                weight = ARTICLE_WEIGHT if pk in articles else DIRECTIVE_WEIGHT
                weight *= random.Random(path).uniform(0.5, 1.8)  # noqa: S311
            found.append((pk, weight * part, dates.get(pk)))
    return found


def _distribute(views, day, pages) -> dict[int, int]:
    """Return how many of a day's views each page has; what rounding leaves is the home page's."""
    weights = {}
    for pk, weight, date in pages:
        if date is None:
            weights[pk] = weight
        elif date <= day:
            weights[pk] = weight * (0.04 + 0.5 ** ((day - date).days / HALVED_AFTER))
    whole = sum(weights.values())
    counts = {pk: int(views * weight / whole) for pk, weight in weights.items()}
    counts[pages[0][0]] += views - sum(counts.values())
    return counts


@transaction.atomic
def load_ratings(
    pages: Mapping[str, Page], stars: Mapping[str, list[int]], namespace: uuid.UUID
) -> None:
    """
    Rate pages (by key) as `stars` says, which has how many readers gave one to five stars, or else
    as invented from the key; skip pages that have ratings.
    """
    rated = set(Rating.objects.values_list("translation_key", flat=True).distinct())
    new = {key: page for key, page in pages.items() if page.translation_key not in rated}
    Rating.objects.bulk_create(
        rating
        for key, page in new.items()
        for rating in _ratings(key, page, stars.get(key) or _invented_stars(key, page), namespace)
    )
    for page in new.values():
        recount_ratings(lock_rating(page.translation_key))


def _invented_stars(key, page) -> list[int]:
    chance = random.Random(key)  # noqa: S311
    most = 24 if isinstance(page, ArticlePage) else 7
    likely = chance.choice([(1, 1, 2, 6, 10), (0, 1, 3, 7, 6), (1, 2, 4, 6, 4)])
    given = Counter(chance.choices(range(5), likely, k=chance.randint(2, most)))
    return [given[number] for number in range(5)]


def _ratings(key, page, stars, namespace) -> Iterable[Rating]:
    """Yield the ratings of a page, given between its publication and now."""
    now = timezone.now()
    begin = min(getattr(page, "published_at", now - datetime.timedelta(days=60)), now)
    chance = random.Random(f"{key}:times")  # noqa: S311
    for given, count in enumerate(stars, start=1):
        for number in range(count):
            at = begin + (now - begin) * chance.random() ** 3
            yield Rating(
                translation_key=page.translation_key,
                visitor=uuid.uuid5(namespace, f"{key}:{given}:{number}"),
                stars=given,
                created_at=at,
                changed_at=at,
            )
