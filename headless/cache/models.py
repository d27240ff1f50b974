"""Models of the package `cache`."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ContentChange(models.Model):
    """
    A change of content that readers can see; the sum of all amounts is the content version.

    Each change inserts a row in its own transaction, so that both are committed together and
    concurrent writers never wait for each other's row lock. Rows are summed up from time to time.
    """

    amount = models.PositiveBigIntegerField(_("amount"), default=1)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("change of content")
        verbose_name_plural = _("changes of content")

    def __str__(self):
        return str(self.amount)
