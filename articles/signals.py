"""What happens when an article is published, taken back or deleted."""

from directives.services import forget_citations, record_citations

from .models import ArticlePage
from .services import forget_ratings
from .tasks import tell_moderators


def record_on_publish(sender, instance, **kwargs):
    """Receiver of `page_published`: the documents it links become its citations."""
    rows = instance.related_directives.select_related("directive")
    record_citations(source=instance, directives=[row.directive for row in rows])


def forget_on_unpublish(sender, instance, **kwargs):
    """Receiver of `page_unpublished`."""
    forget_citations(source=instance)


def forget_on_delete(sender, instance, **kwargs):
    """Receiver of `post_delete`: the ratings of an article go with the last of its translations."""
    key = instance.translation_key
    if not ArticlePage.objects.filter(translation_key=key).exclude(pk=instance.pk).exists():
        forget_ratings(translation_key=key)


def tell_of_waiting_comment(sender, article, **kwargs):
    """Receiver of `comment_waits`."""
    if site := article.get_site():
        tell_moderators.enqueue(site.pk)
