"""Legal status of official documents."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class LegalStatus(models.TextChoices):
    """Whether an official document is in force."""

    NOT_YET = "not_yet_in_force", _("Not yet in force")
    IN_FORCE = "in_force", _("In force")
    PARTLY_EXPIRED = "partly_expired", _("Partly expired")
    EXPIRED = "expired", _("Expired")
    SUSPENDED = "suspended", _("Suspended")
    UNKNOWN = "unknown", pgettext_lazy("legal status", "Unknown")

    @property
    def legal_force(self) -> str:
        """Return the name of schema.org's `LegalForceStatus`, or "" for an unknown status."""
        return LEGAL_FORCE.get(self, "")


LEGAL_FORCE = {
    LegalStatus.NOT_YET: "NotInForce",
    LegalStatus.IN_FORCE: "InForce",
    LegalStatus.PARTLY_EXPIRED: "PartiallyInForce",
    LegalStatus.EXPIRED: "NotInForce",
    LegalStatus.SUSPENDED: "NotInForce",
}
