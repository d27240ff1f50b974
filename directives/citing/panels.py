from django import forms
from django.urls import reverse
from wagtail.admin.panels import Panel
from wagtail.admin.staticfiles import versioned_static


class CitationsPanel(Panel):
    """The official documents that the text at hand cites, as they will be linked."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "civic_directives/admin/citations_panel.html"

        def get_context_data(self, parent_context=None):
            """Adds `address` of the list of a saved page, and a pattern for one to be saved."""
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
