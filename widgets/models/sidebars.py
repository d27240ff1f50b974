"""Cards of sidebars, as child relations of any page."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import PageChooserPanel
from wagtail.models import Orderable, Page, TranslatableMixin

from .pages import Widget, widget_types


class WidgetChooserPanel(PageChooserPanel):
    """Choose a page of any widget type, including types of apps loaded later."""

    def get_form_options(self):
        """Set the page types when the form is built, after all apps are loaded."""
        self.page_type = widget_types()
        return super().get_form_options()


class SidebarCard(TranslatableMixin, Orderable):
    """A widget in the sidebar of a page, inherited by the pages below it."""

    page = ParentalKey(Page, on_delete=models.CASCADE, related_name="sidebar_cards")
    widget = models.ForeignKey(
        Page, verbose_name=_("widget"), on_delete=models.CASCADE, related_name="+"
    )
    title = models.CharField(
        _("title"),
        max_length=100,
        blank=True,
        help_text=_("Leave empty to use the widget's own title."),
    )

    panels = [WidgetChooserPanel("widget"), "title"]

    class Meta(TranslatableMixin.Meta, Orderable.Meta):
        verbose_name = _("sidebar card")
        verbose_name_plural = _("sidebar cards")

    def __str__(self):
        return self.title or self.widget.title

    def clean(self):
        """Refuse a page that is not a widget."""
        super().clean()
        if self.widget_id and not issubclass(self.widget.specific_class, Widget):
            raise ValidationError({"widget": _("This page is not a widget.")})


class SidebarMode(TranslatableMixin, models.Model):
    """How the cards of a page combine with inherited ones; at most one row for each page."""

    class Mode(models.TextChoices):
        """Replace, extend or hide the inherited sidebar."""

        OWN = "own", _("Only the cards of this page")
        ADD = "add", _("The cards from above, then those of this page")
        NONE = "none", _("No sidebar")

    page = ParentalKey(Page, on_delete=models.CASCADE, related_name="sidebar_modes")
    mode = models.CharField(_("mode"), max_length=10, choices=Mode, default=Mode.ADD)

    panels = ["mode"]

    class Meta(TranslatableMixin.Meta):
        verbose_name = _("sidebar mode")
        verbose_name_plural = _("sidebar modes")

    def __str__(self):
        return self.get_mode_display()
