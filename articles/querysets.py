from django.db.models import Prefetch
from wagtail.models import PageQuerySet

from headless.api.fields import RENDITIONS
from headless.content.visibility import published


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

    def for_api(self):
        """With what a card over the API tells but for readers' figures, in two more queries."""
        tags = self.model._meta.get_field("tagged_items").related_model
        tags = tags.objects.select_related("tag").order_by("tag__name")
        renditions = self.model._meta.get_field("cover").related_model.get_rendition_model()
        renditions = renditions.objects.filter(filter_spec__in=RENDITIONS)
        return self.select_related("category", "locale", "cover").prefetch_related(
            Prefetch("cover__renditions", renditions, to_attr="prefetched_renditions"),
            Prefetch("tagged_items", tags),
        )
