"""Collect the models of all packages, as Django expects them."""

from .cache.models import ContentChange
from .content.models import DailySecret, FormerFile, GivenName
from .webhooks.models import PageChange, WebhookDelivery, WebhookEndpoint

__all__ = [
    "ContentChange",
    "DailySecret",
    "FormerFile",
    "GivenName",
    "PageChange",
    "WebhookDelivery",
    "WebhookEndpoint",
]
