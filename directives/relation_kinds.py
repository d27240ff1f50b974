"""What one official document may do to another."""

from typing import NamedTuple

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page


class RelationKind(models.TextChoices):
    """The kinds of relations, seen from the document that acts."""

    BASED_ON = "based_on", _("Based on")
    IMPLEMENTS = "implements", _("Implements")
    AMENDS = "amends", _("Amends")
    REPLACES = "replaces", _("Replaces")
    REPEALS = "repeals", _("Repeals")
    CORRECTS = "corrects", _("Corrects")
    CONSOLIDATES = "consolidates", _("Consolidates")
    RELATED = "related", _("Related to")


class RelationGroup(NamedTuple):
    """Documents in one relation to another one, under the relation's name for readers."""

    kind: RelationKind
    partly: bool
    label: str
    directives: list[Page]
