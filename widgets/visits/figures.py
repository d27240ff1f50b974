"""Read the figures of a site, cached for a few seconds."""

import datetime
from dataclasses import asdict, dataclass

from django.db.models import Q, Sum
from django.db.models.functions import TruncMonth
from django.utils import timezone
from wagtail.models import Page, Site

from headless.cache.response_cache import local_cache, record_lifetime
from headless.content.visibility import published
from headless.extending import STATISTICS_PAGE_TYPES

from ..models.settings import WidgetSettings
from ..models.visits import DailyVisits, PageViews
from .writer import storage

FRESH_SECONDS = 5
DAYS = 30
MONTHS = 12
MOST_READ = 10
MOST_READ_SECONDS = 60


@dataclass(frozen=True, slots=True)
class Figures:
    """Visits of a site in total and by period, visitors online, and page views."""

    total: int = 0
    today: int = 0
    yesterday: int = 0
    this_week: int = 0
    this_month: int = 0
    online: int = 0
    views: int = 0
    views_today: int = 0


@dataclass(frozen=True, slots=True)
class Period:
    """Counters of a day, or of the month that begins with it."""

    start: datetime.date
    visits: int = 0
    views: int = 0
    visitors: int = 0


@dataclass(frozen=True, slots=True)
class MostReadPage:
    """An article with its number of page views."""

    page: Page
    views: int


def site_figures(site: Site) -> Figures:
    """Return the current figures of a site; weeks begin on Monday."""
    today = timezone.localdate()
    record_lifetime(FRESH_SECONDS)
    return local_cache().get_or_set(
        f"figures:{site.pk}:{today}", lambda: _compute_figures(site, today), FRESH_SECONDS
    )


def _compute_figures(site, today):
    monday = today - datetime.timedelta(days=today.weekday())

    def visits(**when):
        return Sum("visits", filter=Q(**when), default=0)

    sums = DailyVisits.objects.filter(site=site).aggregate(
        total=Sum("visits", default=0),
        today=visits(day=today),
        yesterday=visits(day=today - datetime.timedelta(days=1)),
        this_week=visits(day__range=(monday, today)),
        this_month=visits(day__range=(today.replace(day=1), today)),
        views_today=Sum("views", filter=Q(day=today), default=0),
        all_views=Sum("views", default=0),
    )
    sums["total"] += WidgetSettings.for_site(site).starting_value
    views = sums.pop("all_views")
    return Figures(**sums, views=views, online=storage().online(site.pk, timezone.now()))


def last_days(site: Site) -> list[Period]:
    """Return the last `DAYS` days in order, including days without visits."""
    today = timezone.localdate()
    days = [today - datetime.timedelta(days=n) for n in reversed(range(DAYS))]
    return _series(site, f"days:{today}", days, "day")


def last_months(site: Site) -> list[Period]:
    """Return the last `MONTHS` months in order, including months without visits."""
    today = timezone.localdate()
    numbers = [today.year * 12 + today.month - 1 - n for n in reversed(range(MONTHS))]
    months = [datetime.date(number // 12, number % 12 + 1, 1) for number in numbers]
    return _series(site, f"months:{today}", months, TruncMonth("day"))


def _series(site, name, starts, start):
    def compute():
        rows = DailyVisits.objects.filter(site=site, day__gte=starts[0])
        rows = rows.values(start=start) if start != "day" else rows.values("day")
        rows = rows.annotate(
            all_visits=Sum("visits"), all_views=Sum("views"), all_visitors=Sum("visitors")
        ).order_by()
        found = {
            row["day" if start == "day" else "start"]: (
                row["all_visits"],
                row["all_views"],
                row["all_visitors"],
            )
            for row in rows
        }
        return [Period(day, *found.get(day, ())) for day in starts]

    return local_cache().get_or_set(f"figures:{site.pk}:{name}", compute, FRESH_SECONDS)


def most_read(home_path: str) -> list[MostReadPage]:
    """
    Return the most-read published pages below a home page in the last `DAYS` days.

    Page types take part by `register_statistics_page_type`.
    """
    if not (home_path and STATISTICS_PAGE_TYPES):
        return []
    return local_cache().get_or_set(
        f"most-read:{home_path}", lambda: _compute_most_read(home_path), MOST_READ_SECONDS
    )


def _compute_most_read(home_path):
    articles = published(
        Page.objects.filter(path__startswith=home_path).type(*STATISTICS_PAGE_TYPES)
    )
    since = timezone.localdate() - datetime.timedelta(days=DAYS)
    rows = PageViews.objects.filter(day__gt=since, page_id__in=articles.order_by().values("pk"))
    sums = rows.values_list("page_id").annotate(sum=Sum("views")).order_by("-sum", "-page_id")
    sums = dict(sums[:MOST_READ])
    pages = Page.objects.in_bulk(sums)
    return [MostReadPage(pages[pk], views) for pk, views in sums.items()]


def describe_figures(site: Site, home_path: str) -> dict:
    """Return all figures of a site as JSON-serialisable data."""
    return {
        **asdict(site_figures(site)),
        "days": [
            {"day": each.start.isoformat(), "visits": each.visits, "views": each.views}
            for each in last_days(site)
        ],
        "months": [
            {"month": f"{each.start:%Y-%m}", "visits": each.visits, "views": each.views}
            for each in last_months(site)
        ],
        "most_read": [
            {
                "id": each.page.pk,
                "title": each.page.title,
                "url": each.page.full_url,
                "views": each.views,
            }
            for each in most_read(home_path)
        ],
    }
