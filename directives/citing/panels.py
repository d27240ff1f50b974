"""Panels of forms: the sidebar's, where `widgets` is installed, and the list of citations."""

from django import forms
from django.urls import reverse
from wagtail.admin.panels import Panel
from wagtail.admin.staticfiles import versioned_static


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
