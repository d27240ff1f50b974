"""Admin views of citations: a page's list, a decision, and the form of a missing document."""

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from django.views.generic import View
from wagtail.admin import messages
from wagtail.admin.views.pages.create import CreateView
from wagtail.models import Locale, Page

from ..citations import Reference, citation_key
from ..forms import CitationDecisionForm, PrefillForm, create_url
from ..models import Citation, CitationDecision, DirectiveIndexPage, DocumentType
from ..viewsets import directive_chooser
from .extraction import extract_references
from .resolution import CandidateIndex, Resolution, guess_issuing_body, resolve_references
from .services import decide_citation, withdraw_decision


class CitationRow:
    """A citation of a page with its resolution and the URLs of its actions, for a template."""

    def __init__(self, page: Page, reference: Reference, resolution: Resolution, names: dict):
        self.reference = reference
        self.resolution = resolution
        self.status = Citation.Status(resolution.status)
        self.type_name = names.get(reference.document_type, "")
        self.decide_url = reverse("directives_citations:decide", args=[page.pk, reference.identity])
        self.create_url = create_url(page.pk, reference)


@require_safe
def page_citations(request, page):
    """Render the citations in a page's draft with their resolutions, for the panel of its form."""
    draft = _get_editable_draft(request, page)
    references = list(extract_references(draft))
    resolutions = resolve_references((draft, reference) for reference in references)
    names = _names_of_types()
    rows = [
        CitationRow(draft, reference, resolution, names)
        for reference, resolution in zip(references, resolutions, strict=True)
    ]
    context = {"rows": rows, "may_decide": _may_decide(request, draft)}
    return render(request, "civic_directives/admin/page_citations.html", context)


class CitationDecisionView(View):
    """
    Let an editor choose the document of a citation, or that it is not linked.

    The decision applies at once, so a live page requires the permission to publish it.
    """

    def dispatch(self, request, page, identity):
        """
        Load page and reference; raise 403 without the permission to decide, 404 for unknown ones.
        """
        self.page = _get_editable_draft(request, page)
        if not _may_decide(request, self.page):
            raise PermissionDenied
        self.reference = self._reference(identity)
        [self.resolution] = resolve_references([(self.page, self.reference)])
        return super().dispatch(request)

    def get(self, request):
        """Show the form with the current decision."""
        return self._show(self._form(initial=self._initial))

    def post(self, request):
        """
        Store the decision and redirect to `next`, if it is a URL of this host, or to the page's
        form.
        """
        form = self._form(request.POST)
        if not form.is_valid():
            return self._show(form)
        chosen = self._keep(form.cleaned_data)
        messages.success(
            request,
            _("Your decision on “%(number)s” is saved.") % {"number": self.reference.number},
        )
        if chosen and not chosen.live:
            message = _("“%(title)s” is not published; the citation is linked as soon as it is.")
            messages.warning(request, message % {"title": chosen.get_admin_display_title()})
        return redirect(self._next)

    def _form(self, *args, **kwargs):
        return CitationDecisionForm(
            *args,
            candidates=self._candidates,
            documents=directive_chooser.offered(self.request.user),
            widget=directive_chooser.widget_class(),
            **kwargs,
        )

    @property
    def _candidates(self):
        found = [*self.resolution.candidates, self.resolution.directive]
        return list(dict.fromkeys(filter(None, found)))

    @property
    def _initial(self):
        decision = CitationDecision.objects.filter(
            source=self.page.pk, identity=self.reference.identity
        ).first()
        if decision is None:
            missing = self.resolution.status == Citation.Status.MISSING
            return {
                "decision": CitationDecisionForm.OTHER if missing else CitationDecisionForm.RULES
            }
        if decision.directive is None:
            return {"decision": CitationDecisionForm.NO_LINK}
        chosen = decision.directive.translation_key
        same = [page.pk for page in self._candidates if page.translation_key == chosen]
        if same:
            return {"decision": str(same[0])}
        return {"decision": CitationDecisionForm.OTHER, "document": decision.directive_id}

    @property
    def _next(self):
        asked = self.request.POST.get("next") or self.request.GET.get("next") or ""
        if url_has_allowed_host_and_scheme(asked, {self.request.get_host()}):
            return asked
        return reverse("wagtailadmin_pages:edit", args=[self.page.pk])

    def _keep(self, decided):
        """Store what a valid form says; return the document that it has decided on, or None."""
        source = Page.objects.get(pk=self.page.pk)
        if decided["decision"] == CitationDecisionForm.RULES:
            withdraw_decision(source=source, reference=self.reference)
            return None
        documents = {str(page.pk): page for page in self._candidates}
        documents[CitationDecisionForm.OTHER] = decided["document"]
        chosen = documents.get(decided["decision"])
        decide_citation(source=source, reference=self.reference, directive=chosen)
        return chosen

    def _reference(self, identity):
        """Return the reference in the draft, or else in the published text; raise 404."""
        for reference in extract_references(self.page):
            if reference.identity == identity:
                return reference
        row = get_object_or_404(
            Citation, source=self.page.pk, identity=identity, origin=Citation.Origin.TEXT
        )
        return row.reference

    def _show(self, form):
        context = {
            "form": form,
            "page": self.page,
            "reference": self.reference,
            "status": Citation.Status(self.resolution.status),
            "type_name": _names_of_types().get(self.reference.document_type, ""),
            "create_url": create_url(self.page.pk, self.reference),
            "next": self._next,
        }
        return render(self.request, "civic_directives/admin/decide.html", context)


class CreateDirectiveView(CreateView):
    """Show the form of a new document, prefilled from `?number=&type=&date=&issuer=`."""

    def dispatch(self, request):
        """Choose the register; raise 403 without the permission to add a document to any."""
        self.facts = PrefillForm(request.GET).known()
        register = self._register()
        if register is None:
            raise PermissionDenied
        return super().dispatch(request, "civic_directives", "directivepage", register.pk)

    def get(self, request):
        """Show the prefilled form."""
        facts, page = self.facts, self.page
        page.document_number = facts.get("number", "")
        page.issued_on = facts.get("date")
        types = DocumentType.objects.filter(locale=page.locale, code=facts.get("type", ""))
        page.document_type = types.first()
        key = citation_key(page.document_number, facts.get("type"))
        here = CandidateIndex([]).locality_of(self.parent_page.url_path)
        page.issuing_body = guess_issuing_body(facts.get("issuer", ""), key, here, page.locale)
        return super().get(request)

    def _register(self):
        """
        Return the register to create the document in, or None without permission for any.

        It is in the default language, on the citing page's site if possible.
        """
        registers = DirectiveIndexPage.objects.filter(locale=Locale.get_default(), alias_of=None)
        allowed = [
            register
            for register in registers.order_by("path")
            if register.permissions_for_user(self.request.user).can_add_subpage()
        ]
        citing = Page.objects.filter(pk=self.facts.get("page")).first()
        site = citing and citing.get_site()
        own = [register for register in allowed if register.get_site() == site]
        return next(iter([*own, *allowed]), None)


def _names_of_types() -> dict[str, str]:
    types = DocumentType.objects.filter(locale=Locale.get_default())
    return dict(types.values_list("code", "name"))


def _get_editable_draft(request, pk) -> Page:
    """
    Return the latest revision of a page; raise 403 if the user may not edit it, 404 if unknown.
    """
    page = get_object_or_404(Page, pk=pk)
    if not page.permissions_for_user(request.user).can_edit():
        raise PermissionDenied
    if page.specific_class is None:
        raise Http404
    return page.get_latest_revision_as_object()


def _may_decide(request, page) -> bool:
    return not page.live or page.permissions_for_user(request.user).can_publish()
