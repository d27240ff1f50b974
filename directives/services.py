from collections.abc import Iterable

from django.db import transaction
from wagtail.models import Locale, Page

from .models import Citation, DirectivePage


@transaction.atomic
def record_citations(*, source: Page, directives: Iterable[DirectivePage]) -> None:
    """
    Makes the documents that an editor linked to a published page its citations by hand.

    Kept by the document's page in its source language; what was recorded before and is no longer
    linked goes. Does nothing twice.
    """
    keys = {directive.translation_key for directive in directives}
    originals = DirectivePage.objects.filter(translation_key__in=keys)
    default = Locale.get_default().pk
    chosen = {}
    for page in originals.order_by("pk"):
        if page.translation_key not in chosen or page.locale_id == default:
            chosen[page.translation_key] = page
    mine = Citation.objects.filter(source=source, origin=Citation.Origin.HAND)
    mine.exclude(directive__in=chosen.values()).delete()
    Citation.objects.bulk_create(
        [
            Citation(source=source, directive=page, origin=Citation.Origin.HAND)
            for page in chosen.values()
        ],
        ignore_conflicts=True,
    )


def forget_citations(*, source: Page) -> None:
    """Removes what a page cited: it is no longer published."""
    Citation.objects.filter(source=source).delete()
