"""What happens when an article is deleted or a comment waits."""

from .models import ArticlePage
from .services import forget_ratings
from .tasks import tell_moderators


def forget_on_delete(sender, instance, **kwargs):
    """Receiver of `post_delete`: the ratings of an article go with the last of its translations."""
    key = instance.translation_key
    if not ArticlePage.objects.filter(translation_key=key).exclude(pk=instance.pk).exists():
        forget_ratings(translation_key=key)


def tell_of_waiting_comment(sender, article, **kwargs):
    """Receiver of `comment_waits`."""
    if site := article.get_site():
        tell_moderators.enqueue(site.pk)
