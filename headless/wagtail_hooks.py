import re

from django.db.models import SlugField
from wagtail.admin.forms.models import register_form_field_override
from wagtail.admin.widgets import SlugInput


class FoldingSlugInput(SlugInput):
    """Wagtail's slug field, whose script drops đ, told to write d for it."""

    def __init__(self, attrs=None, **kwargs):
        kwargs.setdefault("formatters", [(re.compile("[đĐ]"), "d")])
        super().__init__(attrs, **kwargs)


register_form_field_override(SlugField, override={"widget": FoldingSlugInput})
