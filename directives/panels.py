"""Panels of forms: the sidebar's, where `widgets` is installed, and the list of citations."""

from django import forms
from django.apps import apps
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import InlinePanel, MultiFieldPanel, Panel
from wagtail.admin.staticfiles import versioned_static

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


class CitationsPanel(Panel):
    """List the citations in the draft's text with the result of their resolution."""

    class BoundPanel(Panel.BoundPanel):
        """The panel bound to a page's form; a script loads the list."""

        template_name = "civic_directives/admin/citations_panel.html"

        def get_context_data(self, parent_context=None):
            """Add `address`, the URL of a saved page's list, and `pattern`, the same with id 0."""
            context = super().get_context_data(parent_context)
            pattern = reverse("directives_citations:of_page", args=[0])
            context["pattern"] = pattern
            if self.instance.pk:
                context["address"] = pattern.replace("/0/", f"/{self.instance.pk}/")
            return context

        @property
        def media(self):
            return forms.Media(
                js=[versioned_static("civic_directives/citations.js")],
                css={"all": [versioned_static("civic_directives/citations.css")]},
            )
