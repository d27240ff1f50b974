from django.core.management.base import BaseCommand
from wagtail.models import Site

from articles.models import CommentSettings
from articles.services import forget_readers


class Command(BaseCommand):
    help = "Clears readers' data older than each site keeps it; meant to run every day."

    def handle(self, **options):
        for site in Site.objects.select_related("root_page"):
            cleared = forget_readers(policy=CommentSettings.for_site(site))
            self.stdout.write(f"{site.hostname}: {cleared} comments")
