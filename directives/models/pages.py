from copy import copy

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.api import APIField
from wagtail.fields import RichTextField
from wagtail.models import Page, PageManager
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField

from headless.api.fields import TermField
from headless.cache.response_cache import count_by_version
from headless.content.admin.panels import FEEDBACK_PANELS
from headless.content.client_preview import ClientPreviewMixin
from headless.content.page_tree import root_path
from headless.content.pagination import paginate
from headless.content.texts.slugs import ReadableSlugMixin, readable_slug
from headless.content.translation import published_translations
from headless.content.visibility import public_documents_among, published

from ..citations import citation_key, search_terms, type_name
from ..citing.panels import CitationsPanel
from ..fields import AttachmentsField, CitedByField, LegalStatusField, RelationsField
from ..forms import DirectiveForm
from ..panels import SameNumberPanel
from ..querysets import DirectiveQuerySet
from ..vocabularies.legal_status import LegalStatus
from ..vocabularies.relation_kinds import RelationGroup, RelationKind
from .citations import Citation
from .relations import DirectiveRelation
from .structured_data import describe_legislation
from .taxonomy import DocumentType, IssuingBody
from .titles import build_slug_source, build_title, slug_pattern


class DirectivePage(ClientPreviewMixin, ReadableSlugMixin, Page):
    """
    An official document: number, type, issuing body, dates, legal status, files and relations.
    """

    parent_page_types = ["civic_directives.DirectiveIndexPage"]
    subpage_types = []

    document_number = models.CharField(
        _("number"),
        max_length=100,
        help_text=_("As printed, for example “21-KL/TW” or “65/KH-UBND”."),
    )
    number_key = models.CharField(max_length=120, editable=False, db_index=True)
    document_type = models.ForeignKey(
        DocumentType, verbose_name=_("type"), on_delete=models.PROTECT, related_name="+"
    )
    issuing_body = models.ForeignKey(
        IssuingBody, verbose_name=_("issuing body"), on_delete=models.PROTECT, related_name="+"
    )
    subject = models.TextField(
        _("subject"),
        help_text=_("What the document is about, as printed in its heading («trích yếu»)."),
    )
    issued_on = models.DateField(_("issued on"))
    effective_on = models.DateField(_("effective on"), null=True, blank=True)
    expires_on = models.DateField(
        _("expires on"), null=True, blank=True, help_text=_("The last day it is in force.")
    )
    status_override = models.CharField(
        _("legal status"),
        max_length=20,
        choices=LegalStatus,
        blank=True,
        help_text=_(
            "Leave empty to derive it from the dates and from the relations of other documents."
        ),
    )
    signer = models.CharField(_("signer"), max_length=100, blank=True)
    signer_title = models.CharField(_("signer's office"), max_length=150, blank=True)
    body = RichTextField(
        _("text"),
        blank=True,
        features=["h2", "h3", "h4", "bold", "italic", "ol", "ul", "link", "document-link", "hr"],
    )

    objects = PageManager.from_queryset(DirectiveQuerySet)()

    base_form_class = DirectiveForm
    override_translatable_fields = [
        SynchronizedField("slug", overridable=False),
        SynchronizedField("document_number", overridable=False),
        SynchronizedField("number_key", overridable=False),
        SynchronizedField("issued_on", overridable=False),
        SynchronizedField("signer", overridable=False),
    ]

    class Meta:
        verbose_name = _("official document")
        verbose_name_plural = _("official documents")
        # The orders of lists, which are walked from their newest end.
        indexes = [
            models.Index(fields=["issued_on", "page_ptr"], name="directive_newest"),
            models.Index(fields=["number_key", "page_ptr"], name="directive_by_number"),
            models.Index(
                fields=["document_type", "issued_on", "page_ptr"], name="directive_newest_of_type"
            ),
            models.Index(
                fields=["issuing_body", "issued_on", "page_ptr"], name="directive_newest_of_body"
            ),
        ]

    content_panels = [
        MultiFieldPanel(
            [
                "document_number",
                SameNumberPanel(),
                FieldRowPanel(["document_type", "issuing_body"]),
                "subject",
                FieldPanel(
                    "title",
                    classname="",
                    help_text=_(
                        "Leave empty for the type and number, as in “Plan No. 65/KH-UBND”."
                    ),
                ),
            ],
            heading=_("Official document"),
        ),
        MultiFieldPanel(
            [FieldRowPanel(["issued_on", "effective_on", "expires_on"]), "status_override"],
            heading=_("Validity"),
        ),
        FieldRowPanel(["signer", "signer_title"], heading=_("Signature")),
        InlinePanel("attachments", heading=_("Files"), label=_("file")),
        "body",
        CitationsPanel(heading=_("Documents that the text cites")),
        InlinePanel("relations", heading=_("Relations"), label=_("relation")),
    ]
    settings_panels = [*Page.settings_panels, *FEEDBACK_PANELS]

    search_fields = [
        *Page.search_fields,
        index.SearchField("document_number"),
        index.SearchField("number_spellings"),
        index.SearchField("subject"),
        index.SearchField("signer"),
        index.SearchField("body"),
        index.AutocompleteField("number_spellings"),
        index.AutocompleteField("subject"),
        index.FilterField("issued_on"),
        index.FilterField("number_key"),
        index.FilterField("document_type"),
        index.FilterField("issuing_body"),
        index.FilterField("alias_of_id"),
    ]

    api_fields = [
        APIField("document_number", writable=True),
        APIField("number_key"),
        APIField("document_type", serializer=TermField(), writable=True),
        APIField("issuing_body", serializer=TermField(), writable=True),
        APIField("subject", writable=True),
        APIField("issued_on", writable=True),
        APIField("effective_on", writable=True),
        APIField("expires_on", writable=True),
        APIField("legal_status", serializer=LegalStatusField()),
        APIField("signer", writable=True),
        APIField("signer_title", writable=True),
        APIField("body", writable=True),
        APIField("attachments", serializer=AttachmentsField(), writable=True),
        APIField("relations", serializer=RelationsField(), writable=True),
        APIField("cited_by", serializer=CitedByField()),
    ]
    api_write_only = ["status_override"]

    def clean(self):
        """
        Validate the dates, the length of the number's key, and that the document has no other page.
        """
        super().clean()
        errors = {}
        for name in ("effective_on", "expires_on"):
            day = getattr(self, name)
            if day and self.issued_on and day < self.issued_on:
                errors[name] = _("A document cannot have effect or expire before it is issued.")
        if self.expires_on and self.effective_on and self.expires_on < self.effective_on:
            errors["expires_on"] = _("A document cannot expire before it has effect.")
        # Case folding can lengthen a text: «ß» becomes SS.
        if len(self.number_key) > self._meta.get_field("number_key").max_length:
            errors["document_number"] = _("This number is too long.")
        if errors:
            raise ValidationError(errors)
        self._check_document_is_new()

    def _check_document_is_new(self):
        """
        Raise `ValidationError` if another page of this site and language is the same document.

        Number, type, issuing body and date identify a document.
        """
        # An alias is expected to equal its source.
        twin = None if self.alias_of_id else self.find_duplicate(root_path(self))
        if twin:
            message = _("This document has a page already: “%(title)s”, issued on %(date)s.")
            facts = {"title": twin.get_latest_revision_as_object().title}
            facts["date"] = f"{self.issued_on:%d/%m/%Y}"
            raise ValidationError({"document_number": message % facts})

    def copy_is_draft(self, parent, changes):
        """Return whether a copy with `changes` below `parent` would duplicate a document there."""
        changed = copy(self)
        changed.pk = None
        for name, value in changes.items():
            setattr(changed, name, value)
        changed._set_number_key()
        return changed.find_duplicate(root_path(parent)) is not None

    def find_duplicate(self, root):
        """Return another page of the same document and language below the path `root`, or None."""
        if not self.issued_on:
            return None
        day = {"issued_on": self.issued_on}
        return self._find_other(root, day, {"issued_on": self.issued_on.isoformat()})

    def find_of_same_year(self, root):
        """
        Return another page below the path `root` that differs from this one by the day at most.

        Its number, type, issuing body, year and language are the same. None if there is none.
        """
        if not self.issued_on:
            return None
        year = self.issued_on.year
        return self._find_other(
            root, {"issued_on__year": year}, {"issued_on__startswith": f"{year}-"}
        )

    def _find_other(self, root, when, when_drafted):
        if not (self.document_type_id and self.issuing_body_id):
            return None
        document = {
            "number_key": self.number_key,
            "document_type": self.document_type_id,
            "issuing_body": self.issuing_body_id,
        }
        others = DirectivePage.objects.filter(
            alias_of=None, locale=self.locale_id, url_path__startswith=root
        ).exclude(pk=self.pk)
        return others.first_with(document | when, document | when_drafted)

    def _set_core_field_defaults(self):
        """Set the number key and default title, where Wagtail sets a default slug."""
        if self.document_number:
            self._set_number_key()
            if self.pk and not self.alias_of_id:
                self._follow_corrections()
            self.title = self.title or self.default_title
        super()._set_core_field_defaults()

    def _set_number_key(self):
        code = self.document_type.code if self.document_type_id else None
        self.number_key = citation_key(self.document_number, code)

    def _get_autogenerated_slug(self, base_slug):
        # API v3 asks before a new page has its number; the slug is then generated on save.
        if not (self.document_number or self.path):
            return ""
        return super()._get_autogenerated_slug(base_slug)

    def _follow_corrections(self):
        """
        Clear a generated title and slug after number, type or date changed, so they are generated
        anew.

        Compares with all former states: a form may hold the title of any revision, since autosave
        stores while the editor types, and a translation copies those of its source.
        """
        if self.title == self.default_title and self.slug == readable_slug(self.slug_source):
            return
        current = (self.document_number, self.document_type_id, self.issued_on)
        former = {current, *self._former_facts()}
        types = self._translated_types(former)
        if self.title in {
            build_title(kind, number) for number, _kind, _day in former for kind in types
        }:
            self.title = ""
        made_now = slug_pattern([current], self._translated_types([current]))
        if not made_now.fullmatch(self.slug) and slug_pattern(former, types).fullmatch(self.slug):
            self.slug = ""

    def _former_facts(self):
        """Yield (number, type id, date) of the stored page and of each revision."""
        names = ["document_number", "document_type", "issued_on"]
        yield from DirectivePage.objects.filter(pk=self.pk).values_list(*names)
        yield from self.revisions.order_by().values_list(*(f"content__{name}" for name in names))

    def _translated_types(self, facts):
        """
        Return all translations of the document types in `facts`, plus None if one had no type.
        """
        ids = {kind for _number, kind, _day in facts}
        keys = DocumentType.objects.filter(pk__in=ids - {None}).order_by().values("translation_key")
        types = DocumentType.objects.filter(translation_key__in=keys).select_related("locale")
        return [*types, *({None} & ids)]

    @property
    def default_title(self):
        """Return the title made of type and number, as in «Kết luận số 21-KL/TW»."""
        return build_title(self.document_type_id and self.document_type, self.document_number)

    @property
    def slug_source(self):
        """Return type, number and date, which give the slug `ket-luan-21-kl-tw-2021-10-25`."""
        kind = self.document_type.name if self.document_type_id else ""
        return build_slug_source(kind, self.document_number, self.issued_on)

    @property
    def search_summary(self):
        """Return the excerpt that search results show."""
        return self.subject

    @property
    def number_spellings(self):
        """Return the words of type and number in every way in which they are written."""
        kind = self.document_type.code if self.document_type_id else ""
        # The Vietnamese name of the type is searched for in every language.
        return " ".join([type_name(kind), "số", *search_terms(self.document_number, kind)])

    @cached_property
    def legal_status(self):
        """
        Return today's `LegalStatus`; lists annotate it by `with_legal_status()`.

        A page that was never saved has no relations to derive it from: `UNKNOWN`.
        """
        if self.status_override:
            return self.status_override
        stored = DirectivePage.objects.filter(pk=self.pk).with_legal_status()
        return stored.values_list("legal_status", flat=True).first() or LegalStatus.UNKNOWN

    @property
    def legal_status_label(self):
        """Return the translated label of the legal status."""
        return LegalStatus(self.legal_status).label

    @property
    def legislation(self):
        """Return the minimal schema.org `Legislation` for references to this document."""
        return {
            "@type": "Legislation",
            "legislationIdentifier": self.document_number,
            "name": self.title,
            "legislationDate": self.issued_on.isoformat(),
            "url": self.full_url,
        }

    def structured_data(self, request):
        """Return the document as a schema.org `Legislation`."""
        return describe_legislation(self, request)

    @cached_property
    def files(self):
        """Return the attachments whose document is public, with their documents."""
        rows = list(self.attachments.select_related("document"))
        public = public_documents_among([row.document for row in rows])
        return [row for row in rows if row.document_id in public]

    @cached_property
    def shown_relations(self):
        """Return (relation, document) for each relation to a live, public document."""
        rows = list(self.relations.select_related("target"))
        seen = published_translations([row.target for row in rows], self.locale_id)
        seen = {directive.translation_key: directive for directive in seen}
        pairs = [(row, seen.get(row.target.translation_key)) for row in rows]
        return [(row, directive) for row, directive in pairs if directive]

    def relations_both_ways(self):
        """
        Return the outgoing and incoming relations as two lists of `RelationGroup`.

        Only live, public documents are included, in this page's language where translated.
        """
        incoming = DirectiveRelation.objects.filter(
            target__translation_key=self.translation_key, page__locale=self.locale_id
        ).select_related("page")
        shown = {
            page.pk: page
            for page in published_translations([row.page for row in incoming], self.locale_id)
        }
        acting = [(row, shown[row.page_id]) for row in incoming if row.page_id in shown]
        return (
            self._grouped((row, row.active_label, to) for row, to in self.shown_relations),
            self._grouped((row, row.passive_label, by) for row, by in acting),
        )

    def _grouped(self, related):
        groups = {}
        for row, label, directive in related:
            new = RelationGroup(RelationKind(row.kind), row.partly, str(label), [])
            groups.setdefault((row.kind, row.partly), new).directives.append(directive)
        return list(groups.values())

    def cited_by(self):
        """Return the live, public pages in this page's language that cite it, newest first."""
        citing = Citation.objects.filter(directive__translation_key=self.translation_key)
        return published(
            Page.objects.filter(locale=self.locale_id, pk__in=citing.values("source"))
        ).order_by("-first_published_at", "-pk")

    def get_context(self, request, *args, **kwargs):
        """
        Add `files`, `acts_on` and `acted_on_by` (see `relations_both_ways`) and paginated
        `cited_by`.
        """
        context = super().get_context(request, *args, **kwargs)
        context["files"] = self.files
        context["acts_on"], context["acted_on_by"] = self.relations_both_ways()
        cited_by = self.cited_by()
        context["cited_by"] = paginate(
            request,
            cited_by,
            10,
            count=count_by_version(request, f"cited-by:{self.pk}", {}, cited_by),
        )
        return context
