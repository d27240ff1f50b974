"""Kinds of relations between official documents."""

from typing import NamedTuple

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page


class RelationKind(models.TextChoices):
    """Kinds of relations, named from the acting document's side."""

    BASED_ON = "based_on", _("Based on")
    IMPLEMENTS = "implements", _("Implements")
    AMENDS = "amends", _("Amends")
    REPLACES = "replaces", _("Replaces")
    REPEALS = "repeals", _("Repeals")
    CORRECTS = "corrects", _("Corrects")
    CONSOLIDATES = "consolidates", _("Consolidates")
    RELATED = "related", _("Related to")


class RelationGroup(NamedTuple):
    """Documents in the same relation to a document, with the relation's label."""

    kind: RelationKind
    partly: bool
    label: str
    directives: list[Page]
