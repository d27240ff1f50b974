"""Admin report of citations that do not resolve to one document."""

import django_filters
from django.db.models import Count, OuterRef, Subquery
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.reports import ReportView
from wagtail.models import Locale
from wagtail.permission_policies.pages import PagePermissionPolicy

from ..forms import create_url
from ..models import Citation, DocumentType


def document_type_choices(request=None):
    """Return (code, name) of the document types in the default language."""
    names = DocumentType.objects.filter(locale=Locale.get_default())
    return list(names.values_list("code", "name"))


def format_date(citation):
    """Return the cited date as documents print it, else the year, else ""."""
    return citation.date.strftime("%d/%m/%Y") if citation.date else citation.year or ""


class CitationFilterSet(WagtailFilterSet):
    """Filters of the report."""

    status = django_filters.MultipleChoiceFilter(
        label=_("Status"),
        choices=[(each.value, each.label) for each in Citation.Status if each != "linked"],
    )
    document_type = django_filters.ChoiceFilter(label=_("Type"), choices=document_type_choices)
    year = django_filters.NumberFilter(label=_("Year"))

    class Meta:
        model = Citation
        fields = ["status", "document_type", "year"]


class NumberColumn(Column):
    """The cited number, with a link to create the missing document."""

    cell_template_name = "civic_directives/admin/number_cell.html"

    def get_cell_context_data(self, instance, parent_context):
        """Add `create_url`, the prefilled form, and `address`, the report's current URL."""
        context = super().get_cell_context_data(instance, parent_context)
        context["create_url"] = create_url(instance.source_id, instance.reference)
        context["address"] = parent_context["request"].get_full_path()
        return context


class PageColumn(Column):
    """The citing page, with a link to its edit view."""

    cell_template_name = "civic_directives/admin/page_cell.html"


class CitationsReport(ReportView):
    """List citations that are missing, ambiguous or in conflict, most cited first."""

    model = Citation
    page_title = _("Citations without a document")
    header_icon = "doc-full"
    index_url_name = "citations_report"
    index_results_url_name = "citations_report_results"
    results_template_name = "civic_directives/admin/report_results.html"
    filterset_class = CitationFilterSet
    permission_policy = PagePermissionPolicy()
    any_permission_required = ["add", "change", "publish"]
    default_ordering = "-pages"
    columns = [
        NumberColumn("number", label=_("Number")),
        Column("type_name", label=_("Type")),
        Column("date", label=_("Date"), accessor=format_date, sort_key="date"),
        Column("issuer", label=_("Issuing body")),
        Column("get_status_display", label=_("Status"), sort_key="status"),
        Column("pages", label=_("Citing pages"), sort_key="pages"),
        Column("count", label=_("Mentions"), sort_key="count"),
        PageColumn("source", label=_("Page")),
    ]
    list_export = [
        "number", "type_name", "date", "year", "issuer", "get_status_display", "pages", "count",
        "source.title", "source.full_url",
    ]  # fmt: skip
    export_headings = {
        "type_name": _("Type"),
        "get_status_display": _("Status"),
        "pages": _("Citing pages"),
        "source.title": _("Page"),
        "source.full_url": _("Address"),
    }
    export_filename = "citations"

    def get_base_queryset(self):
        """
        Return unresolved citations of pages the user may edit, with the number of citing pages.
        """
        mine = self.permission_policy.instances_user_has_permission_for(self.request.user, "change")
        rows = Citation.objects.filter(origin=Citation.Origin.TEXT).exclude(status="linked")
        rows = rows.filter(source__in=mine.values("pk"))
        alike = rows.filter(identity=OuterRef("identity"), status=OuterRef("status"))
        alike = alike.order_by().values("identity").annotate(pages=Count("pk")).values("pages")
        names = DocumentType.objects.filter(
            locale=Locale.get_default(), code=OuterRef("document_type")
        )
        return rows.annotate(
            pages=Subquery(alike), type_name=Subquery(names.values("name")[:1])
        ).select_related("source")

    def order_queryset(self, queryset):
        """Order by the chosen column, then by number and primary key for a stable order."""
        return (
            super()
            .order_queryset(queryset)
            .order_by(*filter(None, [self.ordering]), "number", "pk")
        )

    def filter_queryset(self, queryset):
        """Show unresolved citations only, unless a status is chosen."""
        queryset = super().filter_queryset(queryset)
        if not self.request.GET.getlist("status"):
            queryset = queryset.filter(status__in=Citation.UNRESOLVED)
        return queryset

    def get_context_data(self, **kwargs):
        """Add `counts`: the number of citations visible to the user by status."""
        context = super().get_context_data(**kwargs)
        counts = self.get_base_queryset().order_by().values_list("status").annotate(Count("pk"))
        counts = dict(counts)
        context["counts"] = [
            (status, status.label, counts.get(status, 0)) for status in Citation.UNRESOLVED
        ]
        return context
