"""Create the groups of editors and moderators of sites."""

from django.core.management.base import BaseCommand, CommandError
from wagtail.models import Site

from ...services import create_site_groups


class Command(BaseCommand):
    """Create both groups of one site or of all sites; idempotent."""

    help = "Create the groups of editors and moderators of a site, or of all sites."

    def add_arguments(self, parser):
        parser.add_argument("--site", help="Host name of one site; default: all sites.")

    def handle(self, *, site=None, **options):
        sites = Site.objects.select_related("root_page")
        if site:
            sites = sites.filter(hostname=site)
        if not sites:
            known = ", ".join(Site.objects.values_list("hostname", flat=True))
            raise CommandError(f"There is no site “{site}”. There are: {known}.")
        for each in sites:
            for group in create_site_groups(site=each):
                self.stdout.write(group.name)
