from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.documents import get_document_model_string

from .webhooks.models import PageChange, WebhookDelivery, WebhookEndpoint

__all__ = ["ContentChange", "GivenName", "PageChange", "WebhookDelivery", "WebhookEndpoint"]


class ContentChange(models.Model):
    """
    That something readers can see was changed; the sum of all amounts is the content version.

    A row is written in the transaction of the change, so that both are committed at once, and
    nobody waits for anybody: no two writers touch the same row. Rows are summed up now and then.
    """

    amount = models.PositiveBigIntegerField(_("amount"), default=1)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("change of content")
        verbose_name_plural = _("changes of content")

    def __str__(self):
        return str(self.amount)


class GivenName(models.Model):
    """The name under which the file of a document was uploaded, and is offered."""

    document = models.OneToOneField(
        get_document_model_string(),
        verbose_name=_("document"),
        on_delete=models.CASCADE,
        primary_key=True,
        related_name="given_name",
    )
    name = models.CharField(_("name"), max_length=255)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("name of a file")
        verbose_name_plural = _("names of files")

    def __str__(self):
        return self.name
