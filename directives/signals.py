"""Signal receivers that concern no citations."""

from headless.content.files.former_files import record_successor

from .models import DirectiveAttachment


def record_replaced_attachment(sender, instance, raw=False, **kwargs):
    """
    Record that another file was chosen for the attachment of a published document (`pre_save`).

    Rows of drafts are in revisions and are saved when the page is published.
    """
    if raw or instance.pk is None or not instance.page.live:
        return
    stored = DirectiveAttachment.objects.filter(pk=instance.pk).exclude(
        document=instance.document_id
    )
    if former := stored.values_list("document", flat=True).first():
        record_successor(former_id=former, document=instance.document)
