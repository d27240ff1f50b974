"""Check the links of all link directories."""

from django.core.management.base import BaseCommand
from django.utils import timezone

from headless.content.texts.text_normalisation import normalise_text

from ...broken_links.link_checking import check_links, published_links
from ...models import LinkCheck


class Command(BaseCommand):
    """Check each link and store its result for the report of broken links."""

    help = (
        "Request the external links of all link directories and store the results for the report "
        "of broken links. Run it about once a week."
    )

    def handle(self, *, verbosity, **options):
        links = published_links()
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
