from django.db import models
from django.utils.translation import gettext_lazy as _


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
