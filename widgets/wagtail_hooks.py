"""Register the report of broken links with the admin, and warn of changed boundaries."""

from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem

from .broken_links.reports import BrokenLinksReport
from .maps.geojson import names_with_open_ring, parse_boundaries
from .models import AdministrativeMapPage


@hooks.register("register_admin_urls")
def broken_links_urls():
    """Return the admin URLs of the report of broken links."""
    return [
        path("reports/broken-links/", BrokenLinksReport.as_view(), name="broken_links"),
        path(
            "reports/broken-links/results/",
            BrokenLinksReport.as_view(results_only=True),
            name="broken_links_results",
        ),
    ]


@hooks.register("register_reports_menu_item")
def broken_links_menu_item():
    """
    Return the report's menu item, shown to every editor; the report lists only pages they may edit.
    """
    return MenuItem(_("Broken links"), reverse("broken_links"), icon_name="link", order=1100)


@hooks.register("after_create_page")
@hooks.register("after_edit_page")
def tell_of_closed_rings(request, page):
    """Tell the editor which boundaries came with an open line, which was closed."""
    text = request.POST.get("boundaries", "")
    if not text or not isinstance(page, AdministrativeMapPage):
        return
    if names := names_with_open_ring(parse_boundaries(text)):
        messages.warning(
            request,
            _("The line of these boundaries was open and has been closed: %(names)s.")
            % {"names": ", ".join(names)},
        )
