"""Settings of statistics for each site."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting


@register_setting(icon="sliders")
class WidgetSettings(BaseSiteSetting):
    """The number of visits that a site's previous portal counted."""

    starting_value = models.PositiveBigIntegerField(
        _("starting value of the counter"),
        default=0,
        help_text=_("Visits counted by an earlier portal; they are added to the total."),
    )

    panels = ["starting_value"]

    class Meta:
        verbose_name = _("statistics of visits")
