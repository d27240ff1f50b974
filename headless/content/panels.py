"""
Panels for child models that other apps attach to every page by a `ParentalKey`.

A list is empty if its app is not installed.
"""

from django.apps import apps
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import InlinePanel, MultiFieldPanel

FEEDBACK_PANELS = (
    [InlinePanel("feedback_modes", heading=_("Comments and ratings"), label=_("choice"), max_num=1)]
    if apps.is_installed("feedback")
    else []
)
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
