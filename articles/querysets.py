from django.db.models import Prefetch
from wagtail.query import PageQuerySet

from headless.paths import published


class ArticleQuerySet(PageQuerySet):
    """Reads of articles that chain."""

    CARD_RENDITIONS = (
        "fill-480x320|format-webp",
        "fill-960x640|format-webp",
    )

    def published(self):
        """What a reader may see in a list: live, public and nobody's alias."""
        return published(self)

    def newest_first(self):
        return self.order_by("-published_at", "-pk")

    def for_cards(self):
        """With what a card prints: category, cover and its two renditions, in two more queries."""
        covers = self.model._meta.get_field("cover").related_model.objects.all()
        covers = covers.prefetch_renditions(*self.CARD_RENDITIONS)
        return self.select_related("category").prefetch_related(Prefetch("cover", covers))
