from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Site

from .webhooks.models import PageChange, WebhookDelivery, WebhookEndpoint

__all__ = ["ContentVersion", "PageChange", "WebhookDelivery", "WebhookEndpoint"]


class ContentVersion(models.Model):
    """
    A number that rises whenever anything a site shows may have changed.

    It is a part of every cache key and entity tag, so that nothing else needs invalidation.
    """

    site = models.OneToOneField(Site, on_delete=models.CASCADE, related_name="+")
    number = models.PositiveBigIntegerField(_("version number"), default=1)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("content version")
        verbose_name_plural = _("content versions")

    def __str__(self):
        return f"{self.site_id}: {self.number}"
