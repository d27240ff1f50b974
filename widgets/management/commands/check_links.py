from django.core.management.base import BaseCommand
from django.utils import timezone

from headless.content.text_normalisation import normalise_text

from ...broken_links.link_checking import check_links, links_of_live_pages
from ...models import LinkCheck


class Command(BaseCommand):
    help = (
        "Asks the websites of all link directories, a few at a time, and keeps what they answer "
        "for the report of broken links. Run it once a week or so."
    )

    def handle(self, *, verbosity, **options):
        links = links_of_live_pages()
        kept, broken = [], 0
        for number, (link, result) in enumerate(check_links(links), start=1):
            row, _created = LinkCheck.objects.update_or_create(
                page_id=link.page_id,
                url=link.url,
                defaults={
                    "title": link.title,
                    "status": result.status,
                    "detail": normalise_text(result.detail)[:200],
                    "checked_at": timezone.now(),
                },
            )
            kept.append(row.pk)
            broken += result.status != LinkCheck.Status.WORKS
            if verbosity > 0:
                self.stdout.write(
                    f"{number}/{len(links)} {result.status} {link.url} {result.detail}".rstrip()
                )
        LinkCheck.objects.exclude(pk__in=kept).delete()
        self.stdout.write(f"{len(links)} links, {broken} broken")
