"""Signal receivers of the app."""

from django.utils import timezone

from .models import ArticlePage


def set_published_at(sender, instance, **kwargs):
    """
    Set `published_at` of a live article that has none to its first publication (`pre_save`).

    A translation published later has the time of the article that was published first. A page that
    is scheduled for later has none yet, although Wagtail's form creates it live.
    """
    if not isinstance(instance, ArticlePage) or not instance.live or instance.published_at:
        return
    now = timezone.now()
    moment = instance.first_published_at or now
    if moment == now and instance.go_live_at and instance.go_live_at > now:
        return
    earlier = ArticlePage.objects.filter(
        translation_key=instance.translation_key, first_published_at__lt=moment
    ).exclude(pk=instance.pk)
    first = earlier.order_by("first_published_at", "pk").values_list("published_at", flat=True)
    instance.published_at = first.first() or moment
