"""
Panels that page types of several apps share.

Those for child models that another app attaches to every page by a `ParentalKey` are empty lists
if the app is not installed.
"""

from django.apps import apps
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel
from wagtail.models import Page, ShowInMenusMixin


class MenuPanel(FieldPanel):
    """The checkbox that shows a section in the menu; says so while the section is not there."""

    class BoundPanel(FieldPanel.BoundPanel):
        """The panel bound to a page's form."""

        def __init__(self, **kwargs):
            super().__init__(**kwargs)
            if not self.instance.show_in_menus:
                self.help_text = _(
                    "This section is not in the menu: readers find it only by links and search. "
                    "Tick the box to show it there once it is published."
                )


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
# The two lists of a section: its checkbox stands beside the title instead of on another tab.
MENU_PANELS = [MenuPanel("show_in_menus", heading=_("Show in the menu of the site"))]
SECTION_PROMOTE_PANELS = [
    panel for panel in Page.promote_panels if panel not in ShowInMenusMixin.promote_panels
]
