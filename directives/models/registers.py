from django.db import models
from django.http import Http404
from django.utils.translation import gettext_lazy as _
from wagtail.api import APIField
from wagtail.models import Page
from wagtail.search import index

from headless.cache.response_cache import compute_by_filters, count_by_version, get_or_compute
from headless.content.admin.panels import MENU_PANELS, SECTION_PROMOTE_PANELS, SIDEBAR_PANELS
from headless.content.client_preview import ClientPreviewMixin
from headless.content.page_tree import descendants_of_type
from headless.content.pagination import LAST_NUMBERED_PAGE, paginate
from headless.content.texts.slugs import ReadableSlugMixin

from ..forms import DirectiveFilterForm
from ..term_order import OrderedByTerm, read_groups
from .pages import DirectivePage
from .taxonomy import DocumentType, IssuingBody


class DirectiveIndexPage(ClientPreviewMixin, ReadableSlugMixin, Page):
    """The register: where a reader finds an official document by number, type, body or date."""

    subpage_types = ["civic_directives.DirectivePage"]

    introduction = models.TextField(_("introduction"), blank=True, max_length=500)

    PER_PAGE = 20
    # The orders that follow the name of a term.
    TERM_ORDERS = {"type": "document_type", "issuer": "issuing_body"}

    class Meta:
        verbose_name = _("register of official documents")
        verbose_name_plural = _("registers of official documents")

    content_panels = [*Page.content_panels, *MENU_PANELS, "introduction", *SIDEBAR_PANELS]
    promote_panels = SECTION_PROMOTE_PANELS
    search_fields = [*Page.search_fields, index.FilterField("alias_of_id")]
    api_fields = [APIField("introduction", writable=True)]

    def get_context(self, request, *args, **kwargs):
        """
        Adds `filters` (the `RegisterForm`), `directives` (a paginated page of documents with
        `legal_status`), `chosen` (active filters: name, label, value) and `sort`.
        """
        context = super().get_context(request, *args, **kwargs)
        published = descendants_of_type(self, DirectivePage).published()
        choices = get_or_compute(request, f"register:{self.pk}", lambda: self._choices(published))
        form = DirectiveFilterForm(request.GET, **choices)
        if not form.is_valid():
            raise Http404("; ".join(f"{name}: {errors[0]}" for name, errors in form.errors.items()))
        context["filters"] = form
        context["chosen"] = list(form.chosen())
        context["sort"] = form.cleaned_data["sort"] or "newest"
        asked = form.cleaned_data
        found = form.narrow(published)
        # The search index changes after the content version is raised.
        count = (
            None if asked["q"] else count_by_version(request, f"register:{self.pk}", asked, found)
        )
        rows = found.for_list()
        term = self.TERM_ORDERS.get(asked["sort"].removeprefix("-"))
        if term and not asked["q"]:
            name = f"register-{term}:{self.pk}"
            groups = compute_by_filters(request, name, asked, lambda: read_groups(found, term))
            groups = groups[::-1] if asked["sort"].startswith("-") else groups
            rows = OrderedByTerm(rows, term, groups)
        context["directives"] = paginate(
            request,
            rows,
            self.PER_PAGE,
            asked,
            count=count,
            # What was issued in a year is not longer than numbered pages reach elsewhere.
            last_page=None if asked["year"] else LAST_NUMBERED_PAGE,
        )
        return context

    def _choices(self, published):
        """What the filters offer: the types, bodies and years that occur here."""
        years = published.dates("issued_on", "year", order="DESC")
        types = DocumentType.objects.filter(pk__in=published.values("document_type"))
        issuers = IssuingBody.objects.filter(pk__in=published.values("issuing_body"))
        return {
            "types": list(types.values_list("code", "name", "pk")),
            "issuers": list(issuers.values_list("code", "name", "pk")),
            "years": [day.year for day in years],
        }
