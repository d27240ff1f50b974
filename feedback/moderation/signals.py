"""Signal receivers: a page was deleted, a comment waits for moderation."""

from wagtail.models import Page

from .erasure import delete_page_ratings
from .notifications import notify_moderators


def delete_ratings_of_page(sender, instance, **kwargs):
    """Delete the ratings of a page with the last of its translations (`post_delete`)."""
    key = instance.translation_key
    if not Page.objects.filter(translation_key=key).exclude(pk=instance.pk).exists():
        delete_page_ratings(translation_key=key)


def notify_of_waiting_comment(sender, page, **kwargs):
    """Enqueue an e-mail to the moderators of the page's site (`comment_waits`)."""
    if site := page.get_site():
        notify_moderators.enqueue(site.pk)
