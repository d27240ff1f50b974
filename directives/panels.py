"""Panels of the form of an official document."""

from wagtail.admin.panels import Panel


class SameNumberPanel(Panel):
    """Ask whether a document is another one than that of the same number, if the form found one."""

    def get_form_options(self):
        """Claim the form's field, so that Wagtail does not render it a second time."""
        return {"fields": ["same_number"]}

    class BoundPanel(Panel.BoundPanel):
        """The panel bound to a `DirectiveForm`."""

        template_name = "civic_directives/admin/same_number_panel.html"
