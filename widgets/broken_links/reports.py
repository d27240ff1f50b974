"""Admin report of broken links."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.admin.views.reports import ReportView
from wagtail.models import Page
from wagtail.permissions import policy_registry

from ..models import LinkCheck


class BrokenLinksReport(ReportView):
    """List links whose last check failed."""

    model = LinkCheck
    page_title = _("Broken links")
    header_icon = "link"
    index_url_name = "broken_links"
    index_results_url_name = "broken_links_results"
    default_ordering = "page__title"
    is_searchable = False
    columns = [
        TitleColumn(
            "title", label=_("Link"), url_name="wagtailadmin_pages:edit", id_accessor="page_id"
        ),
        Column("url", label=_("Address")),
        Column("page", label=_("Page")),
        Column("get_status_display", label=_("Result")),
        Column("detail", label=_("Detail")),
        DateColumn("checked_at", label=_("Checked")),
    ]
    list_export = ["title", "url", "page.title", "get_status_display", "detail", "checked_at"]
    export_headings = {
        "title": _("Link"),
        "url": _("Address"),
        "page.title": _("Page"),
        "get_status_display": _("Result"),
        "detail": _("Detail"),
        "checked_at": _("Checked"),
    }

    def get_base_queryset(self):
        """Return failed checks of pages the user may edit."""
        editable = policy_registry.get_by_type(Page).instances_user_has_permission_for(
            self.request.user, "change"
        )
        return (
            LinkCheck.objects.exclude(status=LinkCheck.Status.WORKS)
            .filter(page__in=editable)
            .select_related("page")
            .order_by("page__title", "title")
        )
