"""Admin report of pictures without alternative text."""

import django_filters
from django.db.models import BigIntegerField, CharField, OuterRef, Q, Subquery
from django.db.models.functions import Cast
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views.reports import ReportView
from wagtail.images import get_image_model
from wagtail.models import Locale, ReferenceIndex
from wagtail.permission_policies.pages import PagePermissionPolicy

from ..models import ArticlePage
from .pictures import undescribed_pictures

PLACES = [("cover", _("Cover")), ("body", _("Text"))]
STATES = [("true", _("Published")), ("false", _("Draft"))]


def languages(request=None):
    """Return (id, name) of the languages of the installation."""
    return [(locale.pk, locale.get_display_name()) for locale in Locale.objects.all()]


class PictureFilterSet(WagtailFilterSet):
    """Filters of the report."""

    place = django_filters.ChoiceFilter(label=_("Place"), choices=PLACES, method="filter_place")
    live = django_filters.ChoiceFilter(label=_("Status"), choices=STATES, method="filter_live")
    language = django_filters.ChoiceFilter(
        label=_("Language"), choices=languages, field_name="page_language"
    )

    class Meta:
        model = ReferenceIndex
        fields = []

    def filter_place(self, queryset, name, value):
        """Keep covers, or pictures in texts."""
        return queryset.filter(Q(model_path=value) | Q(model_path__startswith=f"{value}."))

    def filter_live(self, queryset, name, value):
        """Keep pictures of published articles, or of drafts."""
        return queryset.filter(page_live=value == "true")


def place_name(model_path):
    """Return whether a picture is the cover or in the text, by the path in Wagtail's index."""
    return str(dict(PLACES)[model_path.partition(".")[0]])


def state_name(live):
    """Return whether the article of a picture is published."""
    return str(dict(STATES)["true" if live else "false"])


class AlternativeTextsReport(ReportView):
    """List the pictures of articles the user may edit that have no alternative text."""

    model = ReferenceIndex
    page_title = _("Pictures without alternative text")
    verbose_name = _("picture without alternative text")
    verbose_name_plural = _("pictures without alternative text")
    header_icon = "image"
    index_url_name = "alternative_texts_report"
    index_results_url_name = "alternative_texts_report_results"
    filterset_class = PictureFilterSet
    permission_policy = PagePermissionPolicy()
    any_permission_required = ["add", "change", "publish"]
    default_ordering = "page_title"
    is_searchable = False
    columns = [
        TitleColumn(
            "page_title",
            label=_("Article"),
            url_name="wagtailadmin_pages:edit",
            id_accessor="object_id",
            sort_key="page_title",
        ),
        Column("place", label=_("Place"), accessor=lambda row: place_name(row.model_path)),
        Column("picture_title", label=_("Image"), sort_key="picture_title"),
        Column(
            "status",
            label=_("Status"),
            accessor=lambda row: state_name(row.page_live),
            sort_key="page_live",
        ),
    ]
    list_export = ["page_title", "model_path", "picture_title", "page_live", "object_id"]
    export_headings = {
        "page_title": _("Article"),
        "model_path": _("Place"),
        "picture_title": _("Image"),
        "page_live": _("Status"),
        "object_id": _("Article id"),
    }
    custom_field_preprocess = {
        "model_path": dict.fromkeys(("csv", "xlsx"), place_name),
        "page_live": dict.fromkeys(("csv", "xlsx"), state_name),
    }
    export_filename = "pictures-without-alternative-text"

    def get_base_queryset(self):
        """Return the references to such pictures, with what the columns show."""
        editable = self.permission_policy.instances_user_has_permission_for(
            self.request.user, "change"
        )
        articles = ArticlePage.objects.filter(pk__in=editable.values("pk"), alias_of=None)
        page = ArticlePage.objects.filter(pk=Cast(OuterRef("object_id"), BigIntegerField()))
        picture = get_image_model().objects.filter(
            pk=Cast(OuterRef("to_object_id"), BigIntegerField())
        )
        return ReferenceIndex.objects.filter(pk__in=undescribed_pictures(articles)).annotate(
            page_title=Subquery(page.values("draft_title")),
            page_live=Subquery(page.values("live")),
            page_language=Subquery(page.values("locale")),
            picture_title=Subquery(picture.values("title"), output_field=CharField()),
        )

    def order_queryset(self, queryset):
        """Order by the chosen column, then as in the article."""
        ordered = super().order_queryset(queryset)
        return ordered.order_by(*filter(None, [self.ordering]), "page_title", "object_id", "pk")


class ReportMenuItem(MenuItem):
    """The report in the menu, for users who may edit or publish any page."""

    def is_shown(self, request):
        """Return whether the user may edit or publish any page."""
        policy = AlternativeTextsReport.permission_policy
        return policy.user_has_any_permission(request.user, ["add", "change", "publish"])
