"""Signal receivers of the app."""

from .models import PageViews


def delete_page_views(sender, instance, **kwargs):
    """Delete the page views of a deleted page (`post_delete`); the site's totals stay."""
    PageViews.objects.filter(page_id=instance.pk).delete()
