"""Register the admin views of articles with Wagtail."""

from django.urls import path, reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.snippets.models import register_snippet

from .alternative_texts.report import AlternativeTextsReport, ReportMenuItem
from .alternative_texts.views import picture_descriptions
from .viewsets import CategoryViewSet, article_chooser

register_snippet(CategoryViewSet)


@hooks.register("register_admin_viewset")
def register_article_chooser():
    """Return the chooser of articles, which serves every foreign key to them."""
    return article_chooser


@hooks.register("register_admin_urls")
def alternative_text_urls():
    """Return the admin URLs of pictures without alternative text."""
    return [
        path("pictures/descriptions/", picture_descriptions, name="picture_descriptions"),
        path(
            "reports/alternative-texts/",
            AlternativeTextsReport.as_view(),
            name="alternative_texts_report",
        ),
        path(
            "reports/alternative-texts/results/",
            AlternativeTextsReport.as_view(results_only=True),
            name="alternative_texts_report_results",
        ),
    ]


@hooks.register("register_reports_menu_item")
def alternative_texts_menu_item():
    """Return the menu item of the report."""
    return ReportMenuItem(
        _("Pictures without alternative text"),
        reverse_lazy("alternative_texts_report"),
        icon_name="image",
        order=1300,
    )
