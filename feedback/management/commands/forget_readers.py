from django.core.management.base import BaseCommand
from wagtail.models import Site

from ...models import CommentSettings
from ...moderation.erasure import delete_old_spam, forget_readers


class Command(BaseCommand):
    help = "Clears old data of readers and deletes old spam; meant to run every day."

    def handle(self, **options):
        for site in Site.objects.select_related("root_page"):
            spam = delete_old_spam(site=site)
            cleared = forget_readers(policy=CommentSettings.of_site(site.pk))
            self.stdout.write(f"{site.hostname}: {cleared} comments, {spam} spam deleted")
