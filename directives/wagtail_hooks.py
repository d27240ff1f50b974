from django.urls import include, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.permission_policies.pages import PagePermissionPolicy
from wagtail.snippets.models import register_snippet

from .reports import CitationsReport
from .views import CreateDirectiveView, DecideView, page_citations
from .viewsets import DocumentTypeViewSet, IssuingBodyViewSet

register_snippet(DocumentTypeViewSet)
register_snippet(IssuingBodyViewSet)


@hooks.register("register_admin_urls")
def citation_urls():
    routes = [
        path("create/", CreateDirectiveView.as_view(), name="create"),
        path("<int:page>/", page_citations, name="of_page"),
        path("<int:page>/<slug:identity>/", DecideView.as_view(), name="decide"),
    ]
    return [
        path("citations/", include((routes, "directives"), namespace="directives_citations")),
        path("reports/citations/", CitationsReport.as_view(), name="citations_report"),
        path(
            "reports/citations/results/",
            CitationsReport.as_view(results_only=True),
            name="citations_report_results",
        ),
    ]


class CitationsMenuItem(MenuItem):
    """The report, for whoever may edit a page."""

    def is_shown(self, request):
        return PagePermissionPolicy().user_has_any_permission(request.user, ["change", "publish"])


@hooks.register("register_reports_menu_item")
def citations_menu_item():
    return CitationsMenuItem(
        _("Citations"), reverse("citations_report"), icon_name="doc-full", order=1200
    )
