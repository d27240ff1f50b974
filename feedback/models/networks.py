from django.db import models
from django.utils.translation import gettext_lazy as _


class NetworkKey(models.Model):
    """
    The secret that networks were hashed with on one day.

    With the key goes the way back from a hash to an address; only today's is kept.
    """

    day = models.DateField(_("day"), unique=True)
    secret = models.CharField(_("secret"), max_length=64)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("key of network hashes")
        verbose_name_plural = _("keys of network hashes")

    def __str__(self):
        return str(self.day)
