"""The panel of a cover's alternative text."""

from django import forms
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.admin.staticfiles import versioned_static

ATTRIBUTES = {
    "data-picture-descriptions": reverse_lazy("picture_descriptions"),
    "data-described": _("Left empty, readers who cannot see the picture are told:"),
    "data-undescribed": _(
        "This picture has no alternative text. Say here what it shows, for those who cannot see it."
    ),
}


class AlternativeTextPanel(FieldPanel):
    """
    The alternative text of a cover.

    Its script says at this field, and at those of the blocks of the form, whether the picture
    chosen has a text.
    """

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs | {"attrs": ATTRIBUTES})

    class BoundPanel(FieldPanel.BoundPanel):
        """The panel bound to an article's form."""

        @property
        def media(self):
            return super().media + forms.Media(
                js=[versioned_static("civic_articles/admin/alternative_texts.js")],
                css={"all": [versioned_static("civic_articles/admin/alternative_texts.css")]},
            )
