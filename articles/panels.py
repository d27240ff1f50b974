"""Panels of forms that depend on which apps are installed."""

from django.apps import apps
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import InlinePanel, MultiFieldPanel

# The relations of `widgets` to any page; empty when that app is not installed.
SIDEBAR_PANELS = (
    [
        MultiFieldPanel(
            [
                InlinePanel("sidebar_modes", label=_("mode"), max_num=1),
                InlinePanel("sidebar_cards", label=_("card")),
            ],
            heading=_("Sidebar of the page"),
        )
    ]
    if apps.is_installed("widgets")
    else []
)
