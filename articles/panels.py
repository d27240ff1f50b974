from django.apps import apps
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import InlinePanel, MultiFieldPanel

# `widgets` hangs its cards on every page, by name; without it a section has no sidebar.
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
