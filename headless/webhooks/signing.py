"""Signatures as Standard Webhooks has them (https://www.standardwebhooks.com)."""

import base64
import secrets
from datetime import UTC, datetime, timedelta

from django.utils import timezone
from standardwebhooks.webhooks import Webhook

from .models import WebhookEndpoint

# How long messages are signed with the former secret too, for a receiver to be told the new one.
SECRET_OVERLAP = timedelta(days=1)


def new_secret() -> str:
    """A secret of 32 random bytes, as the receiver's library takes it."""
    return f"whsec_{base64.b64encode(secrets.token_bytes(32)).decode()}"


def renew_secret(*, endpoint: WebhookEndpoint) -> str:
    """Gives an endpoint another secret and returns it, for a person to see this once."""
    endpoint.former_secret = endpoint.secret
    endpoint.former_until = timezone.now() + SECRET_OVERLAP if endpoint.secret else None
    endpoint.secret = new_secret()
    endpoint.save(update_fields=["secret", "former_secret", "former_until"])
    return endpoint.secret


def signed_headers(endpoint: WebhookEndpoint, message_id: str, body: str) -> dict[str, str]:
    """The three headers by which a receiver knows a message, its time and its sender."""
    now = datetime.now(UTC)
    valid = [endpoint.secret]
    if endpoint.former_secret and endpoint.former_until and endpoint.former_until > now:
        valid.append(endpoint.former_secret)
    return {
        "webhook-id": message_id,
        "webhook-timestamp": str(int(now.timestamp())),
        "webhook-signature": " ".join(Webhook(each).sign(message_id, now, body) for each in valid),
    }
