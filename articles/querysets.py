"""QuerySet of articles."""

from datetime import datetime

from django.db.models import Prefetch
from django.utils import timezone
from wagtail.models import PageQuerySet

from headless.api.fields import RENDITIONS
from headless.content.visibility import published


class ArticleQuerySet(PageQuerySet):
    """Chainable reads of articles."""

    CARD_RENDITIONS = (
        "fill-480x320|format-webp",
        "fill-960x640|format-webp",
    )

    def published(self):
        """Return the articles that lists show: live, public and not an alias."""
        return published(self)

    def newest_first(self):
        """Order by publication date, newest first; by primary key among equals."""
        return self.order_by("-published_at", "-pk")

    def published_in(self, year: int, month: int | None = None):
        """Return the articles published in a year, or in a month of it, in the site's time zone."""
        first = datetime(year, month or 1, 1)
        after = datetime(year + 1, 1, 1) if month in (None, 12) else datetime(year, month + 1, 1)
        # A range of moments, which the index of the list's order serves.
        return self.filter(
            published_at__gte=timezone.make_aware(first),
            published_at__lt=timezone.make_aware(after),
        )

    def for_cards(self):
        """
        Prefetch what a card prints: category, cover and its two renditions, with two more queries.
        """
        covers = self.model._meta.get_field("cover").related_model.objects.all()
        covers = covers.prefetch_renditions(*self.CARD_RENDITIONS)
        return self.select_related("category").prefetch_related(Prefetch("cover", covers))

    def for_api(self):
        """
        Prefetch what an article's card has in API v3 except feedback figures, with three more
        queries.
        """
        tags = self.model._meta.get_field("tagged_items").related_model
        tags = tags.objects.select_related("tag").order_by("tag__name")
        renditions = self.model._meta.get_field("cover").related_model.get_rendition_model()
        renditions = renditions.objects.filter(filter_spec__in=RENDITIONS)
        # A join with the few languages could become the beginning of the whole query.
        return self.select_related("category", "cover").prefetch_related(
            "locale",
            Prefetch("cover__renditions", renditions, to_attr="prefetched_renditions"),
            Prefetch("tagged_items", tags),
        )
