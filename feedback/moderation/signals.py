"""What happens when a page is deleted or a comment waits."""

from wagtail.models import Page

from .erasure import forget_ratings
from .notifications import tell_moderators


def forget_on_delete(sender, instance, **kwargs):
    """Receiver of `post_delete`: the ratings of a page go with the last of its translations."""
    key = instance.translation_key
    if not Page.objects.filter(translation_key=key).exclude(pk=instance.pk).exists():
        forget_ratings(translation_key=key)


def tell_of_waiting_comment(sender, page, **kwargs):
    """Receiver of `comment_waits`."""
    if site := page.get_site():
        tell_moderators.enqueue(site.pk)
