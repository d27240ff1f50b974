"""Models of the package `webhooks`."""

from urllib.parse import urlsplit
from uuid import uuid4

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import Locale, Site


class Event(models.TextChoices):
    """The events that are sent when a page changes for readers."""

    PUBLISHED = "page.published", _("A page is published for the first time or again")
    UNPUBLISHED = "page.unpublished", _("A page is unpublished or made private")
    MOVED = "page.moved", _("A page has a new address")
    DELETED = "page.deleted", _("A page is deleted")


TEST_EVENT = "webhook.test"


def all_events() -> list[str]:
    """Return the names of all events, the default of a new endpoint."""
    return list(Event.values)


class WebhookEndpoint(models.Model):
    """A URL that receives webhooks about the pages of one site."""

    name = models.CharField(_("name"), max_length=100)
    url = models.URLField(
        _("address"),
        max_length=500,
        help_text=_("The URL that events are posted to. It may contain a secret."),
    )
    site = models.ForeignKey(
        Site, verbose_name=_("site"), on_delete=models.CASCADE, related_name="+"
    )
    locale = models.ForeignKey(
        Locale,
        verbose_name=_("language"),
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="+",
        help_text=_("Leave empty for pages in all languages."),
    )
    events = models.JSONField(_("events"), default=all_events)
    active = models.BooleanField(
        _("active"), default=True, help_text=_("Nothing is sent to an inactive endpoint.")
    )
    # Shown once, when it is generated; see `signing`.
    secret = models.CharField(max_length=100, editable=False)
    former_secret = models.CharField(max_length=100, editable=False)
    former_until = models.DateTimeField(null=True, editable=False)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("webhook endpoint")
        verbose_name_plural = _("webhook endpoints")
        ordering = ["name", "pk"]

    def __str__(self):
        return self.name

    @property
    def host(self) -> str:
        """Return the host of the URL; the rest may be a secret and is not shown."""
        return urlsplit(self.url).hostname or ""


class PageChange(models.Model):
    """
    The state of a page before a transaction changed it, written in that transaction.

    Events follow from comparing it with the page afterwards.
    """

    page_id = models.PositiveBigIntegerField()
    page_type = models.CharField(max_length=200)
    language_code = models.CharField(max_length=100)
    url_path = models.TextField()
    was_public = models.BooleanField()
    last_published_at = models.DateTimeField(null=True)
    changed_at = models.DateTimeField(default=timezone.now)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("change of a page")
        verbose_name_plural = _("changes of pages")

    def __str__(self):
        return f"{self.page_type} {self.page_id}"


class WebhookDelivery(models.Model):
    """One message to one endpoint, with the state of its delivery."""

    class Status(models.TextChoices):
        """The states of a delivery."""

        PENDING = "pending", _("To be sent")
        DELIVERED = "delivered", _("Delivered")
        FAILED = "failed", _("Failed")

    endpoint = models.ForeignKey(
        WebhookEndpoint,
        verbose_name=_("webhook endpoint"),
        on_delete=models.CASCADE,
        related_name="deliveries",
    )
    key = models.UUIDField(_("key"), default=uuid4, unique=True)
    event = models.CharField(_("event"), max_length=30)
    page_id = models.PositiveBigIntegerField(_("page"), null=True)
    payload = models.JSONField(_("message"))
    created_at = models.DateTimeField(_("written"), default=timezone.now)
    status = models.CharField(
        _("status"), max_length=10, choices=Status, default=Status.PENDING, db_index=True
    )
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    next_attempt_at = models.DateTimeField(_("next attempt"), default=timezone.now)
    claimed_until = models.DateTimeField(null=True, editable=False)
    attempted_at = models.DateTimeField(_("last attempt"), null=True)
    answer_status = models.PositiveSmallIntegerField(_("HTTP status of the response"), null=True)
    answer = models.CharField(_("start of the response"), max_length=500, blank=True)
    error = models.CharField(_("error"), max_length=200, blank=True)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("webhook delivery")
        verbose_name_plural = _("webhook deliveries")
        ordering = ["-created_at", "-pk"]
        indexes = [
            models.Index(fields=["status", "next_attempt_at"], name="headless_webhooks_due"),
            models.Index(fields=["-created_at"], name="headless_webhooks_newest"),
        ]

    def __str__(self):
        return self.message_id

    @property
    def message_id(self) -> str:
        """
        Return the header `webhook-id`, equal in all attempts, so that receivers can be idempotent.
        """
        return f"msg_{self.key.hex}"
