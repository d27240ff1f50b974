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
from ..forms import DecisionForm, FactsForm, create_url
from ..models import Citation, CitationDecision, DirectiveIndexPage, DocumentType
from .extraction import references_of
from .resolution import Register, Resolution, body_named, resolve
from .services import decide_citation, withdraw_decision


class CitationRow:
    """One citation of a page for its editors: what was found, and what they can do."""

    def __init__(self, page: Page, reference: Reference, resolution: Resolution, names: dict):
        self.reference = reference
        self.resolution = resolution
        self.status = Citation.Status(resolution.status)
        self.type_name = names.get(reference.document_type, "")
        self.decide_url = reverse("directives_citations:decide", args=[page.pk, reference.identity])
        self.create_url = create_url(page.pk, reference)


@require_safe
def page_citations(request, page):
    """The citations in the newest text of a page as they will resolve, for its form's panel."""
    draft = _draft(request, page)
    references = list(references_of(draft))
    resolutions = resolve((draft, reference) for reference in references)
    names = _names_of_types()
    rows = [
        CitationRow(draft, reference, resolution, names)
        for reference, resolution in zip(references, resolutions, strict=True)
    ]
    context = {"rows": rows, "may_decide": _may_decide(request, draft)}
    return render(request, "civic_directives/admin/page_citations.html", context)


class DecideView(View):
    """
    Where an editor says which document a citation means, or that it is not to be linked.

    That holds at once, so that for a published page it takes the right to publish.
    """

    def dispatch(self, request, page, identity):
        self.page = _draft(request, page)
        if not _may_decide(request, self.page):
            raise PermissionDenied
        self.reference = self._reference(identity)
        [self.resolution] = resolve([(self.page, self.reference)])
        return super().dispatch(request)

    def get(self, request):
        return self._show(DecisionForm(candidates=self._candidates, initial=self._initial))

    def post(self, request):
        form = DecisionForm(request.POST, candidates=self._candidates)
        if not form.is_valid():
            return self._show(form)
        self._keep(form.cleaned_data["decision"])
        messages.success(
            request,
            _("What you decided about “%(number)s” is kept.") % {"number": self.reference.number},
        )
        return redirect(self._next)

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
            return {"decision": DecisionForm.RULES}
        if decision.directive is None:
            return {"decision": DecisionForm.NO_LINK}
        chosen = decision.directive.translation_key
        same = (page.pk for page in self._candidates if page.translation_key == chosen)
        return {"decision": str(next(same, decision.directive_id))}

    @property
    def _next(self):
        asked = self.request.POST.get("next") or self.request.GET.get("next") or ""
        if url_has_allowed_host_and_scheme(asked, {self.request.get_host()}):
            return asked
        return reverse("wagtailadmin_pages:edit", args=[self.page.pk])

    def _keep(self, decision):
        source = Page.objects.get(pk=self.page.pk)
        if decision == DecisionForm.RULES:
            withdraw_decision(source=source, reference=self.reference)
            return
        chosen = {str(page.pk): page for page in self._candidates}.get(decision)
        decide_citation(source=source, reference=self.reference, directive=chosen)

    def _reference(self, identity):
        """The citation in the newest text, or else in the published one."""
        for reference in references_of(self.page):
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
    """The form of a new document, filled with what `?number=&type=&date=&issuer=` say of it."""

    def dispatch(self, request):
        self.facts = FactsForm(request.GET).known()
        register = self._register()
        if register is None:
            raise PermissionDenied
        return super().dispatch(request, "civic_directives", "directivepage", register.pk)

    def get(self, request):
        facts, page = self.facts, self.page
        page.document_number = facts.get("number", "")
        page.issued_on = facts.get("date")
        types = DocumentType.objects.filter(locale=page.locale, code=facts.get("type", ""))
        page.document_type = types.first()
        key = citation_key(page.document_number, facts.get("type"))
        here = Register([]).locality_of(self.parent_page.url_path)
        page.issuing_body = body_named(facts.get("issuer", ""), key, here, page.locale)
        return super().get(request)

    def _register(self):
        """The register in the default language on the citing page's site, or else any."""
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


def _draft(request, pk) -> Page:
    """The newest text of a page that the user may edit."""
    page = get_object_or_404(Page, pk=pk)
    if not page.permissions_for_user(request.user).can_edit():
        raise PermissionDenied
    if page.specific_class is None:
        raise Http404
    return page.get_latest_revision_as_object()


def _may_decide(request, page) -> bool:
    return not page.live or page.permissions_for_user(request.user).can_publish()
