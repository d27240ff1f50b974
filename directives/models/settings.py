"""Settings of official documents for each site."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting


@register_setting(icon="doc-full-inverse")
class DirectiveSettings(BaseSiteSetting):
    """
    The locality of a site, which tells apart documents with equal numbers from different places.
    """

    commune = models.CharField(
        _("ward or commune"),
        max_length=100,
        blank=True,
        help_text=_("As documents print it, for example “phường Bến Ngà”."),
    )
    province = models.CharField(
        _("province"),
        max_length=100,
        blank=True,
        help_text=_("As documents print it, for example “tỉnh Lam Giang”."),
    )

    panels = ["commune", "province"]

    class Meta:
        verbose_name = _("locality of documents")
