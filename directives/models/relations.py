from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.api import APIField
from wagtail.models import Orderable, TranslatableMixin

from ..relation_kinds import RelationKind


class DirectiveRelation(TranslatableMixin, Orderable):
    """
    What one official document does to another, stored once with the document that acts.

    The kinds follow ELI and schema.org; `PASSIVE` names the same relation seen from its target.
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
    # As schema.org's `Legislation` names what a document does to another.
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
        help_text=_("It replaces or repeals only some provisions; the rest stays in force."),
    )

    panels = ["kind", "target", "partly"]
    api_fields = [APIField(name, writable=True) for name in panels]

    class Meta(TranslatableMixin.Meta, Orderable.Meta):
        verbose_name = _("relation")
        verbose_name_plural = _("relations")

    def __str__(self):
        return f"{self.get_kind_display()} {self.target}"

    def clean(self):
        super().clean()
        if self.partly and self.kind not in self.ENDING:
            raise ValidationError({"partly": _("Only a replacement or a repeal can be in part.")})

    @property
    def active_label(self):
        """The relation as the acting document says it, with “in part” where that holds."""
        return self._qualified(self.Kind(self.kind).label)

    @property
    def passive_label(self):
        """The relation as its target says it."""
        return self._qualified(self.PASSIVE[self.kind])

    @property
    def structured_names(self):
        """The properties of schema.org that say this relation."""
        return self.STRUCTURED[self.kind]

    def _qualified(self, label):
        if self.partly:
            return _("%(relation)s (in part)") % {"relation": label}
        return label
