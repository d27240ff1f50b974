"""Citations of official documents by pages, and editors' decisions on them."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from ..citations import Reference
from ..querysets import CitationQuerySet


class CitationIdentity(models.Model):
    """
    Abstract base: identifies a cited document within a page, stably over re-extraction.

    `identity` is the digest of key, type, date or year, and place (`Reference.identity`).
    """

    source = models.ForeignKey(
        Page, verbose_name=_("page"), on_delete=models.CASCADE, related_name="+"
    )
    identity = models.CharField(max_length=32, editable=False)

    class Meta:
        abstract = True


class Citation(CitationIdentity):
    """
    A citation of an official document by a published page, from its text or linked by an editor.

    Rows of all page types are in this table, written by `services.record_citations`. `directive` is
    the document's page in the default language, so that a document counts once over all languages.
    """

    class Origin(models.TextChoices):
        """How the citation came about."""

        TEXT = "text", _("Found in the text")
        HAND = "hand", _("Chosen by an editor")

    class Status(models.TextChoices):
        """Result of the resolution."""

        LINKED = "linked", _("Linked")
        AMBIGUOUS = "ambiguous", _("Ambiguous")
        CONFLICT = "conflict", _("Conflicting")
        MISSING = "missing", _("Missing")
        DISMISSED = "dismissed", _("Not to be linked")

    UNRESOLVED = [Status.AMBIGUOUS, Status.CONFLICT, Status.MISSING]

    origin = models.CharField(_("origin"), max_length=10, choices=Origin)
    key = models.CharField(max_length=120, editable=False, db_index=True)
    number = models.CharField(_("number"), max_length=120, help_text=_("As written in the text."))
    document_type = models.CharField(_("type"), max_length=60, blank=True)
    date = models.DateField(_("date"), null=True, blank=True)
    year = models.PositiveSmallIntegerField(_("year"), null=True, blank=True)
    issuer = models.CharField(_("issuing body"), max_length=250, blank=True)
    count = models.PositiveIntegerField(_("mentions"), default=1)
    order = models.PositiveIntegerField(default=0, editable=False)
    status = models.CharField(_("status"), max_length=10, choices=Status, db_index=True)
    directive = models.ForeignKey(
        "civic_directives.DirectivePage",
        verbose_name=_("official document"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )

    # Keeps the reference index small: it would get a row for each citation.
    wagtail_reference_index_ignore = True
    content_version_counts = True

    objects = CitationQuerySet.as_manager()

    class Meta:
        verbose_name = _("citation")
        verbose_name_plural = _("citations")
        constraints = [
            models.UniqueConstraint(
                fields=["source", "origin", "identity"], name="citation_once_per_page"
            ),
            models.CheckConstraint(
                condition=models.Q(status="linked") | models.Q(directive=None),
                name="citation_leads_somewhere_if_linked",
            ),
        ]

    def __str__(self):
        return f"{self.source_id} → {self.number}"

    @property
    def reference(self) -> Reference:
        """Return the citation as the `Reference` it was extracted as."""
        return Reference(
            key=self.key,
            document_type=self.document_type or None,
            date=self.date,
            year=self.year,
            issuer=self.issuer,
            number=self.number,
            count=self.count,
        )


class CitationDecision(CitationIdentity):
    """An editor's decision on a citation: its document, or None for no link."""

    directive = models.ForeignKey(
        "civic_directives.DirectivePage",
        verbose_name=_("official document"),
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="+",
        help_text=_("Leave empty so that the citation is not linked."),
    )

    wagtail_reference_index_ignore = True
    content_version_counts = True

    class Meta:
        verbose_name = _("decision on a citation")
        verbose_name_plural = _("decisions on citations")
        constraints = [
            models.UniqueConstraint(
                fields=["source", "identity"], name="decision_once_per_citation"
            )
        ]

    def __str__(self):
        return f"{self.source_id} → {self.directive_id or '–'}"
