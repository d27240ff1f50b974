"""Forms of official documents, of the register's filters and of decisions on citations."""

from urllib.parse import urlencode

from django import forms
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminPageForm

from headless.content.page_tree import root_path

from .citations import Reference
from .vocabularies.legal_status import LegalStatus


class DirectiveForm(WagtailAdminPageForm):
    """
    Edit an official document; an empty title is generated from type and number on save.

    Where `SameNumberPanel` can ask, a document of the same number, type, body and year as another
    one has to be confirmed.
    """

    # What the panel has said: `ASK`, `CONFIRMED`, or nothing in a form without it, such as API v3's.
    same_number = forms.CharField(required=False, widget=forms.HiddenInput)

    ASK, CONFIRMED = "ask", "confirmed"

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in {"title", "slug"} & self.fields.keys():
            self.fields[name].required = False
        if not self.instance.url_path and self.parent_page:
            # Wagtail sets the path on save, but `clean()` looks for duplicates on the same site.
            self.instance.url_path = self.parent_page.url_path

    def clean(self):
        """Require a title or number, and refuse a document that is related to itself."""
        cleaned = super().clean()
        self._check_it_has_a_name(cleaned)
        # Rows of a formset do not know their page, so the page's form checks them.
        # API v3 builds formsets only for relations in the request.
        relations = self.formsets.get("relations")
        for form in relations.forms if relations else ():
            if (
                form.is_valid()
                and self.instance.pk
                and form.cleaned_data.get("target") == self.instance
            ):
                form.add_error("target", _("A document cannot be related to itself."))
        return cleaned

    def _post_clean(self):
        """Validate the document, and then ask whether it is another one than that of the number."""
        former = self._identity()
        super()._post_clean()
        told = self.cleaned_data.get("same_number")
        if told != self.ASK or self.errors or self._identity() == former:
            return
        if other := self.instance.find_of_same_year(root_path(self.instance)):
            message = _(
                "“%(title)s” of %(date)s has the same number, type, issuing body and year. If this "
                "is another document, confirm it below."
            )
            facts = {"title": other.title, "date": f"{other.issued_on:%d/%m/%Y}"}
            self.add_error("document_number", ValidationError(message, "same_number", facts))

    def _identity(self):
        page = self.instance
        facts = (page.number_key, page.document_type_id, page.issuing_body_id, page.issued_on)
        return (page.pk, *facts)

    @property
    def asks_about_number(self):
        """Return whether the form has to be sent again with `CONFIRMED`, or was sent with it."""
        return self.is_bound and (
            self.has_error("document_number", "same_number")
            or self.cleaned_data.get("same_number") == self.CONFIRMED
        )

    def _check_it_has_a_name(self, cleaned):
        """Require, even of a draft, a title or a number to generate one from."""
        if "title" not in self.fields or "document_number" in self.errors or cleaned.get("title"):
            return
        if not cleaned.get("document_number", self.instance.document_number):
            field = "document_number" if "document_number" in self.fields else "title"
            message = self.fields[field].error_messages["required"]
            self.add_error(field, ValidationError(message, code="required"))


class ISODateInput(forms.DateInput):
    """A browser's native date input, which accepts ISO 8601 only, whatever the active locale."""

    input_type = "date"

    def __init__(self, attrs=None):
        super().__init__(attrs, format="%Y-%m-%d")

    def format_value(self, value):
        """Return the value in ISO 8601, or unchanged if it is not a date."""
        try:
            return super().format_value(forms.DateField().to_python(value))
        except ValidationError:
            return value


class DirectiveFilterForm(forms.Form):
    """Validate the query parameters of the register."""

    SORTS = {
        "newest": ["-issued_on", "-pk"],
        "oldest": ["issued_on", "pk"],
        "number": ["number_key", "pk"],
        "-number": ["-number_key", "-pk"],
        "type": ["document_type__name", "-issued_on", "-pk"],
        "-type": ["-document_type__name", "-issued_on", "-pk"],
        "issuer": ["issuing_body__name", "-issued_on", "-pk"],
        "-issuer": ["-issuing_body__name", "-issued_on", "-pk"],
    }

    q = forms.CharField(label=_("Number or words"), max_length=200, required=False)
    type = forms.ChoiceField(label=_("Document type"), required=False)
    issuer = forms.ChoiceField(label=_("Issuing body"), required=False)
    year = forms.IntegerField(
        label=_("Year of issue"), min_value=1900, max_value=2200, required=False
    )
    issued_from = forms.DateField(label=_("Issued from"), required=False, widget=ISODateInput)
    issued_to = forms.DateField(label=_("Issued to"), required=False, widget=ISODateInput)
    status = forms.ChoiceField(
        label=_("Legal status"), required=False, choices=[("", _("All")), *LegalStatus.choices]
    )
    sort = forms.ChoiceField(
        label=_("Order"), required=False, choices=[(key, key) for key in SORTS]
    )

    def __init__(self, data, *, types, issuers, years):
        """
        Take `types` and `issuers` as code, name and primary key, `years` as the years to offer.

        Terms of different languages may have the same code.
        """
        super().__init__(data)
        self.ids: dict[str, dict[str, list[int]]] = {"type": {}, "issuer": {}}
        for name, terms in (("type", types), ("issuer", issuers)):
            self.fields[name].choices = [
                ("", _("All")),
                *((code, label) for code, label, _pk in terms),
            ]
            for code, _label, pk in terms:
                self.ids[name].setdefault(code, []).append(pk)
        self.fields["year"].widget = forms.Select(
            choices=[("", _("All")), *((year, year) for year in years)]
        )

    def clean(self):
        """Refuse a reversed date range."""
        cleaned = super().clean()
        first, last = cleaned.get("issued_from"), cleaned.get("issued_to")
        if first and last and first > last:
            self.add_error("issued_to", _("The last day lies before the first."))
        return cleaned

    def narrow(self, directives):
        """Return `directives` filtered and ordered by the cleaned data of a valid form."""
        asked = self.cleaned_data
        if asked["q"]:
            directives = directives.with_number_or_text(asked["q"])
        if asked["status"]:
            directives = directives.with_legal_status()
        for name, field in (("type", "document_type"), ("issuer", "issuing_body")):
            if asked[name]:
                # A single value lets the database walk the index of the list's order.
                first, *more = self.ids[name][asked[name]]
                lookup = {f"{field}__in": [first, *more]} if more else {field: first}
                directives = directives.filter(**lookup)
        lookups = {
            "year": "issued_on__year",
            "issued_from": "issued_on__gte",
            "issued_to": "issued_on__lte",
            "status": "legal_status",
        }
        wanted = {lookup: asked[name] for name, lookup in lookups.items() if asked[name]}
        directives = directives.filter(**wanted)
        if asked["q"] and not asked["sort"]:
            return directives.numbered_first(asked["q"])
        return directives.order_by(*self.SORTS[asked["sort"] or "newest"])

    def chosen(self):
        """Yield (name, label, displayed value) of each active filter."""
        for name, value in self.cleaned_data.items():
            if value and name != "sort":
                choices = dict(getattr(self.fields[name], "choices", ()))
                yield name, self.fields[name].label, choices.get(value, value)


def create_url(page: int, reference: Reference) -> str:
    """
    Return the URL of a new document's form, prefilled from a citation on a page.

    The query parameters are public: `number`, `type` (a code), `date`, `issuer` and `page`.
    """
    facts = {
        "number": reference.number,
        "type": reference.document_type,
        "date": reference.date and reference.date.isoformat(),
        "issuer": reference.issuer,
        "page": page,
    }
    known = urlencode({name: value for name, value in facts.items() if value})
    return f"{reverse('directives_citations:create')}?{known}"


class PrefillForm(forms.Form):
    """Parse the query parameters that prefill a new document's form."""

    number = forms.CharField(max_length=100, required=False)
    type = forms.SlugField(max_length=60, required=False)
    date = forms.DateField(required=False)
    issuer = forms.CharField(max_length=250, required=False)
    page = forms.IntegerField(min_value=1, max_value=2**31, required=False)

    def known(self):
        """Return the valid values; invalid ones are ignored."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}


class CitationDecisionForm(forms.Form):
    """Choose between documents, no link, or no decision for one citation."""

    RULES, NO_LINK, OTHER = "rules", "no-link", "other"

    decision = forms.ChoiceField(label=_("This citation"), widget=forms.RadioSelect)

    def __init__(self, *args, candidates, documents, widget, **kwargs):
        """
        Take the documents that the citation may mean as `candidates`.

        Any other may be chosen from the queryset `documents` by the chooser's `widget`.
        """
        super().__init__(*args, **kwargs)
        self.fields["decision"].choices = [
            *((str(page.pk), self._describe(page)) for page in candidates),
            (self.OTHER, _("Another document, chosen below")),
            (self.NO_LINK, _("Do not link")),
            (self.RULES, _("No decision: the number, type, date and place decide")),
        ]
        self.fields["document"] = forms.ModelChoiceField(
            documents, label=_("Official document"), required=False, widget=widget
        )

    def clean(self):
        """Require a document where another one is decided on."""
        cleaned = super().clean()
        if cleaned.get("decision") != self.OTHER:
            self.errors.pop("document", None)
            cleaned["document"] = None
        elif not (cleaned.get("document") or "document" in self.errors):
            self.add_error("document", _("Choose the document that is meant."))
        return cleaned

    def _describe(self, page):
        facts = {"title": page.title, "date": page.issued_on.strftime("%d/%m/%Y")}
        facts |= {"body": page.issuing_body.name, "subject": Truncator(page.subject).chars(120)}
        return _("%(title)s of %(date)s, %(body)s: %(subject)s") % facts
