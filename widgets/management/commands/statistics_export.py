"""Export the counters as CSV."""

import csv

from django.core.management.base import BaseCommand
from wagtail.models import Page

from headless.content.texts.spreadsheet_cells import safe_cell

from ...models import DailyVisits, PageViews


class Command(BaseCommand):
    """Write daily visits of sites, or with `--pages` daily views of pages, as CSV to stdout."""

    help = "Export visits by site and day as CSV, or with --pages page views by page and day."

    def add_arguments(self, parser):
        parser.add_argument(
            "--pages", action="store_true", help="Export page views by page and day."
        )

    def handle(self, *, pages, **options):
        writer = csv.writer(self.stdout, lineterminator="\n")
        if pages:
            writer.writerow(["page", "address", "day", "views"])
            rows = PageViews.objects.order_by("page_id", "day").iterator()
            address = None, ""
            for row in rows:
                if address[0] != row.page_id:
                    page = Page.objects.filter(pk=row.page_id).first()
                    address = row.page_id, (page and page.full_url) or ""
                writer.writerow([row.page_id, address[1], row.day, row.views])
            return
        writer.writerow(["site", "day", "views", "visits", "visitors"])
        rows = DailyVisits.objects.order_by("site__hostname", "day").select_related("site")
        for row in rows.iterator():
            site = safe_cell(row.site.hostname)
            writer.writerow([site, row.day, row.views, row.visits, row.visitors])
