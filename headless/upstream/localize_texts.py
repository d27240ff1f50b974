"""
Texts of wagtail-localize 1.14 that are English in every language: the filters of its report, and what
the report counts. No issue is reported yet.
"""

from django.utils.translation import gettext_lazy as _
from wagtail_localize.models import Translation
from wagtail_localize.views.report import TranslationsReportFilterSet


def install() -> None:
    """Give each text a translation."""
    filters = TranslationsReportFilterSet.base_filters
    filters["source_locale"].label = _("Source language")
    filters["target_locale"].label = _("Target language")
    Translation._meta.verbose_name = _("translation")
    Translation._meta.verbose_name_plural = _("translations")
