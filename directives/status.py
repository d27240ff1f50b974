from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class LegalStatus(models.TextChoices):
    """Whether an official document binds anybody today."""

    NOT_YET = "not_yet_in_force", _("Not yet in force")
    IN_FORCE = "in_force", _("In force")
    PARTLY_EXPIRED = "partly_expired", _("Partly expired")
    EXPIRED = "expired", _("Expired")
    SUSPENDED = "suspended", _("Suspended")
    UNKNOWN = "unknown", pgettext_lazy("legal status", "Unknown")
