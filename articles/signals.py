"""Signal receivers of the app."""

from django.utils import timezone

from .models import ArticlePage


def set_published_at(sender, instance, **kwargs):
    """
    Set `published_at` of a live article that has none to its first publication (`pre_save`).

    A translation published later has the time of the article that was published first.
    """
    if not isinstance(instance, ArticlePage) or not instance.live or instance.published_at:
        return
    moment = instance.first_published_at or timezone.now()
    earlier = ArticlePage.objects.filter(
        translation_key=instance.translation_key, first_published_at__lt=moment
    ).exclude(pk=instance.pk)
    first = earlier.order_by("first_published_at", "pk").values_list("published_at", flat=True)
    instance.published_at = first.first() or moment
