"""What happens to counters when pages go."""

from .models import PageViews


def delete_page_views(sender, instance, **kwargs):
    """Receiver of `post_delete` of a page: its own views go, the site's totals stay."""
    PageViews.objects.filter(page_id=instance.pk).delete()
