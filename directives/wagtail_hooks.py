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

from .models import DirectivePage
from .reports import CitationsReport
from .services import check_move
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


@hooks.register("after_copy_page")
def say_that_copies_are_drafts(request, page, new_page):
    """Tells the editor what copies of documents need before they can be published."""
    copies = DirectivePage.objects.descendant_of(new_page, inclusive=True).filter(alias_of=None)
    count = sum(copy.find_twin(root_path(copy)) is not None for copy in copies)
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
def say_that_the_page_is_a_draft(request, page):
    """Tells the editor what a document that was an alias needs before it can be published."""
    say_that_copies_are_drafts(request, page, page)


@hooks.register("before_move_page")
def refuse_a_second_page_of_a_document(request, page, destination):
    """Keeps a document off a site that has it already, alone or with a section around it."""
    if request.method != "POST":
        return None
    try:
        check_move(page, destination)
    except ValidationError as error:
        messages.error(request, error.message)
        return redirect("wagtailadmin_explore", page.get_parent().pk)
    return None


@hooks.register("before_bulk_action")
def refuse_second_pages_of_documents(request, action_type, objects, action):
    """The same for pages that are moved together."""
    if action_type != "move":
        return None
    destination = action.cleaned_form.cleaned_data["chooser"]
    refusals = (refuse_a_second_page_of_a_document(request, page, destination) for page in objects)
    return next(filter(None, refusals), None)


class CitationsMenuItem(MenuItem):
    """The report, for whoever may edit a page."""

    def is_shown(self, request):
        return PagePermissionPolicy().user_has_any_permission(request.user, ["change", "publish"])


@hooks.register("register_reports_menu_item")
def citations_menu_item():
    return CitationsMenuItem(
        _("Citations"), reverse("citations_report"), icon_name="doc-full", order=1200
    )
