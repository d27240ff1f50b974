"""Register admin views of official documents, and guard copies and moves of their pages."""

from django.core.exceptions import ValidationError
from django.shortcuts import redirect
from django.urls import include, path, reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem
from wagtail.permission_policies.pages import PagePermissionPolicy
from wagtail.snippets.models import register_snippet

from headless.content.page_tree import root_path

from .citing.reports import CitationsReport
from .citing.views import CitationDecisionView, CreateDirectiveView, page_citations
from .models import DirectivePage
from .services import check_move
from .viewsets import DocumentTypeViewSet, IssuingBodyViewSet, directive_chooser

register_snippet(DocumentTypeViewSet)
register_snippet(IssuingBodyViewSet)


@hooks.register("register_admin_viewset")
def register_directive_chooser():
    """Return the chooser of official documents, which serves every foreign key to them."""
    return directive_chooser


@hooks.register("register_admin_urls")
def citation_urls():
    """Return the admin URLs of citations and their report."""
    routes = [
        path("create/", CreateDirectiveView.as_view(), name="create"),
        path("<int:page>/", page_citations, name="of_page"),
        path("<int:page>/<slug:identity>/", CitationDecisionView.as_view(), name="decide"),
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


@hooks.register("after_copy_page")
def warn_of_copied_documents(request, page, new_page):
    """
    Warn that copied documents are drafts until their number, type, body or date is changed.

    A document has one page for each site and language.
    """
    copies = DirectivePage.objects.descendant_of(new_page, inclusive=True).filter(alias_of=None)
    count = sum(copy.find_duplicate(root_path(copy)) is not None for copy in copies)
    if count:
        messages.warning(
            request,
            ngettext(
                "The copy is a draft, since a document has one page. Change its number, type, "
                "issuing body or date before you publish it.",
                "%(count)d copied documents are drafts, since a document has one page. Change "
                "their number, type, issuing body or date before you publish them.",
                count,
            )
            % {"count": count},
        )


@hooks.register("after_convert_alias_page")
def warn_of_converted_alias(request, page):
    """Warn that a page converted from an alias is a draft, as for copies."""
    warn_of_copied_documents(request, page, page)


@hooks.register("before_move_page")
def refuse_move_of_duplicate(request, page, destination):
    """Refuse to move a page tree to a site that already has a page of one of its documents."""
    if request.method != "POST":
        return None
    try:
        check_move(page, destination)
    except ValidationError as error:
        messages.error(request, error.message)
        return redirect("wagtailadmin_explore", page.get_parent().pk)
    return None


@hooks.register("before_bulk_action")
def refuse_bulk_move_of_duplicates(request, action_type, objects, action):
    """Apply `refuse_move_of_duplicate` to each page of a bulk move."""
    if action_type != "move":
        return None
    destination = action.cleaned_form.cleaned_data["chooser"]
    refusals = (refuse_move_of_duplicate(request, page, destination) for page in objects)
    return next(filter(None, refusals), None)


class CitationsMenuItem(MenuItem):
    """Link the citations report in the menu, for users who may edit or publish any page."""

    def is_shown(self, request):
        """Return whether the user may edit or publish any page."""
        return PagePermissionPolicy().user_has_any_permission(request.user, ["change", "publish"])


@hooks.register("register_reports_menu_item")
def citations_menu_item():
    """Return the menu item of the citations report."""
    return CitationsMenuItem(
        _("Citations"), reverse("citations_report"), icon_name="doc-full", order=1200
    )
