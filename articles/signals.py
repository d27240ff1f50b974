"""What happens when an article is published or taken back."""

from directives.services import forget_citations, record_citations


def record_on_publish(sender, instance, **kwargs):
    """Receiver of `page_published`: the documents it links become its citations."""
    rows = instance.related_directives.select_related("directive")
    record_citations(source=instance, directives=[row.directive for row in rows])


def forget_on_unpublish(sender, instance, **kwargs):
    """Receiver of `page_unpublished`."""
    forget_citations(source=instance)
