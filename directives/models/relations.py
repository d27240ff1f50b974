"""Relations between official documents."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.api import APIField
from wagtail.models import Orderable, TranslatableMixin

from ..vocabularies.relation_kinds import RelationKind


class DirectiveRelation(TranslatableMixin, Orderable):
    """
    A relation of one official document to another, stored with the acting document only.

    The kinds follow the European Legislation Identifier (ELI) and schema.org; `PASSIVE` has the
    labels seen from the target.
    """

    Kind = RelationKind
    PASSIVE = {
        Kind.BASED_ON: _("Is the basis of"),
        Kind.IMPLEMENTS: _("Implemented by"),
        Kind.AMENDS: _("Amended by"),
        Kind.REPLACES: _("Replaced by"),
        Kind.REPEALS: _("Repealed by"),
        Kind.CORRECTS: _("Corrected by"),
        Kind.CONSOLIDATES: _("Consolidated in"),
        Kind.RELATED: _("Related to"),
    }
    ENDING = [Kind.REPLACES, Kind.REPEALS]
    # Properties of schema.org's `Legislation`.
    STRUCTURED = {
        Kind.BASED_ON: ["isBasedOn"],
        Kind.IMPLEMENTS: ["legislationEnsuresImplementationOf"],
        Kind.AMENDS: ["legislationAmends"],
        Kind.REPLACES: ["legislationRepeals", "legislationChanges"],
        Kind.REPEALS: ["legislationRepeals"],
        Kind.CORRECTS: ["legislationCorrects"],
        Kind.CONSOLIDATES: ["legislationConsolidates"],
        Kind.RELATED: ["mentions"],
    }

    page = ParentalKey(
        "civic_directives.DirectivePage", on_delete=models.CASCADE, related_name="relations"
    )
    kind = models.CharField(_("relation"), max_length=20, choices=Kind)
    target = models.ForeignKey(
        "civic_directives.DirectivePage",
        verbose_name=_("official document"),
        on_delete=models.CASCADE,
        related_name="incoming_relations",
    )
    partly = models.BooleanField(
        _("in part"),
        default=False,
        help_text=_("Only some provisions are replaced or repealed; the others stay in force."),
    )

    panels = ["kind", "target", "partly"]
    api_fields = [APIField(name, writable=True) for name in panels]

    class Meta(TranslatableMixin.Meta, Orderable.Meta):
        verbose_name = _("relation")
        verbose_name_plural = _("relations")

    def __str__(self):
        return f"{self.get_kind_display()} {self.target}"

    def clean(self):
        """Refuse `partly` for relations that neither replace nor repeal."""
        super().clean()
        if self.partly and self.kind not in self.ENDING:
            raise ValidationError({"partly": _("Only a replacement or a repeal can be in part.")})

    @property
    def active_label(self):
        """Return the label from the acting document's side, with “(in part)” where that applies."""
        return self._qualified(self.Kind(self.kind).label)

    @property
    def passive_label(self):
        """Return the label from the target's side."""
        return self._qualified(self.PASSIVE[self.kind])

    @property
    def structured_names(self):
        """Return the names of the schema.org properties that express this relation."""
        return self.STRUCTURED[self.kind]

    def _qualified(self, label):
        if self.partly:
            return _("%(relation)s (in part)") % {"relation": label}
        return label
