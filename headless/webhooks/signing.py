"""Sign messages as specified by Standard Webhooks (https://www.standardwebhooks.com)."""

import base64
import secrets
from datetime import UTC, datetime, timedelta

from django.utils import timezone
from standardwebhooks.webhooks import Webhook

from .models import WebhookEndpoint

# How long messages are signed with both secrets, so that a receiver can switch without loss.
SECRET_OVERLAP = timedelta(days=1)


def new_secret() -> str:
    """Return a new secret of 32 random bytes, in the format of Standard Webhooks."""
    return f"whsec_{base64.b64encode(secrets.token_bytes(32)).decode()}"


def renew_secret(*, endpoint: WebhookEndpoint) -> str:
    """
    Replace the secret of an endpoint and return the new one, which is shown once.

    The former secret stays valid for `SECRET_OVERLAP`.
    """
    endpoint.former_secret = endpoint.secret
    endpoint.former_until = timezone.now() + SECRET_OVERLAP if endpoint.secret else None
    endpoint.secret = new_secret()
    endpoint.save(update_fields=["secret", "former_secret", "former_until"])
    return endpoint.secret


def signed_headers(endpoint: WebhookEndpoint, message_id: str, body: str) -> dict[str, str]:
    """Return the headers with message id, timestamp and signature of a message."""
    now = datetime.now(UTC)
    valid = [endpoint.secret]
    if endpoint.former_secret and endpoint.former_until and endpoint.former_until > now:
        valid.append(endpoint.former_secret)
    return {
        "webhook-id": message_id,
        "webhook-timestamp": str(int(now.timestamp())),
        "webhook-signature": " ".join(Webhook(each).sign(message_id, now, body) for each in valid),
    }
