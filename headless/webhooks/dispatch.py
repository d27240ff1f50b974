"""
Send pending deliveries with retries and back-off, each by one process at a time.

A delivery that fails after the last retry is a dead letter (status *failed*), which an operator can
send again.
"""

import json
import logging
import socket
from collections import Counter
from datetime import datetime, timedelta

import urllib3
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from ..conf import conf
from ..content.texts.text_normalisation import normalise_text
from .deliveries import create_deliveries
from .models import WebhookDelivery, WebhookEndpoint
from .safe_http import PrivateAddressError, ReceivedResponse, send_request
from .signing import signed_headers

logger = logging.getLogger(__name__)

EXCERPT = 500
# Seconds for DNS resolution, whose timeout is the system's, beyond the request's own.
CLAIM_MARGIN = 60
GONE = 410
# The back-off of an endpoint's other deliveries, so that one bad message does not hold them up.
ENDPOINT_BACK_OFF = timedelta(minutes=1)
Status = WebhookDelivery.Status


def send_webhooks() -> Counter:
    """
    Create and send all due deliveries; return the number of attempted deliveries by new status.

    After one failure no more is sent to that endpoint in this run; its other deliveries stay due.
    """
    create_deliveries()
    counted: Counter = Counter()
    failing: set[int] = set()
    while (delivery := claim_delivery(except_for=failing)) is not None:
        attempt_delivery(delivery)
        counted[delivery.status] += 1
        if delivery.status != Status.DELIVERED:
            failing.add(delivery.endpoint_id)
    return counted


def claim_delivery(*, except_for: set[int]) -> WebhookDelivery | None:
    """
    Claim a due delivery for this process, or return None if nothing is due.

    The claim expires, so that another process takes over if this one dies. Endpoints whose ids are
    in `except_for` are skipped.
    """
    now = timezone.now()
    free = Q(claimed_until=None) | Q(claimed_until__lt=now)
    due = WebhookDelivery.objects.filter(
        free, status=Status.PENDING, next_attempt_at__lte=now, endpoint__active=True
    )
    waiting = due.exclude(endpoint__in=except_for).order_by("next_attempt_at", "pk")
    until = now + timedelta(seconds=conf.WEBHOOK_SECONDS + CLAIM_MARGIN)
    for pk in waiting.values_list("pk", flat=True)[:20]:
        # An atomic compare-and-set: of concurrent processes one matches the row.
        mine = WebhookDelivery.objects.filter(free, pk=pk, status=Status.PENDING)
        if mine.update(claimed_until=until, attempts=F("attempts") + 1):
            return WebhookDelivery.objects.select_related("endpoint").get(pk=pk)
    return None


def attempt_delivery(delivery: WebhookDelivery) -> None:
    """Send a claimed delivery once and save the result."""
    answer, error = _send(delivery)
    claimed_until = delivery.claimed_until
    delivery.attempted_at = timezone.now()
    delivery.answer_status = answer.status if answer else None
    delivery.answer = normalise_text(answer.excerpt)[:EXCERPT] if answer else ""
    delivery.error = error
    delivery.claimed_until = None
    if answer and 200 <= answer.status < 300:
        delivery.status = Status.DELIVERED
    elif answer and answer.status == GONE:
        delivery.status = Status.FAILED
        WebhookEndpoint.objects.filter(pk=delivery.endpoint_id).update(active=False)
        logger.warning("Webhook endpoint %s is gone and switched off.", delivery.endpoint_id)
    elif delivery.attempts > len(conf.WEBHOOK_RETRY_SECONDS):
        delivery.status = Status.FAILED
        logger.warning("Webhook delivery %s is given up: %s", delivery, error)
    else:
        wait = conf.WEBHOOK_RETRY_SECONDS[delivery.attempts - 1]
        delivery.next_attempt_at = delivery.attempted_at + timedelta(seconds=wait)
        _back_off(delivery)
    # Nothing is saved if the claim expired and another process claimed the delivery.
    WebhookDelivery.objects.filter(pk=delivery.pk, claimed_until=claimed_until).update(
        **{
            name: getattr(delivery, name)
            for name in (
                "status",
                "next_attempt_at",
                "claimed_until",
                "attempted_at",
                "answer_status",
                "answer",
                "error",
            )
        }
    )


def _back_off(failed):
    """Postpone what is due for the endpoint of a failed delivery, at most to the next attempt."""
    until = min(failed.next_attempt_at, failed.attempted_at + ENDPOINT_BACK_OFF)
    others = WebhookDelivery.objects.filter(
        endpoint=failed.endpoint_id, status=Status.PENDING, claimed_until=None
    )
    others.filter(next_attempt_at__lt=until).update(next_attempt_at=until)


def next_attempt_due() -> datetime | None:
    """Return when the next unclaimed delivery is due, None if none is pending."""
    now = timezone.now()
    waiting = WebhookDelivery.objects.filter(
        Q(claimed_until=None) | Q(claimed_until__lt=now),
        status=Status.PENDING,
        endpoint__active=True,
    )
    return waiting.order_by("next_attempt_at").values_list("next_attempt_at", flat=True).first()


def _send(delivery) -> tuple[ReceivedResponse | None, str]:
    """
    Return the receiver's response and an error message; the message never contains the secret URL.
    """
    body = json.dumps(delivery.payload, ensure_ascii=False, separators=(",", ":"))
    headers = {
        "Content-Type": "application/json",
        "User-Agent": "CivicPortal-Webhooks/1.0",
        **signed_headers(delivery.endpoint, delivery.message_id, body),
    }
    is_public = _any_address if conf.WEBHOOKS_TO_PRIVATE_ADDRESSES else None
    try:
        answer = send_request(
            "POST",
            delivery.endpoint.url,
            headers=headers,
            body=body.encode(),
            is_public=is_public,
            seconds=conf.WEBHOOK_SECONDS,
            excerpt=EXCERPT,
        )
    except PrivateAddressError as error:
        return None, str(error)
    except socket.gaierror:
        return None, _("There is no server of this name.")
    except urllib3.exceptions.SSLError:
        return None, _("Its certificate is not valid.")
    except (TimeoutError, urllib3.exceptions.TimeoutError):
        return None, _("It does not answer in time.")
    except (urllib3.exceptions.HTTPError, OSError, ValueError) as error:
        return None, type(error).__name__
    if 200 <= answer.status < 300:
        return answer, ""
    if 300 <= answer.status < 400:
        return answer, _("It redirects; redirects are not followed.")
    return answer, f"HTTP {answer.status}"


def _any_address(address: str) -> bool:
    return True


def requeue_deliveries(*, deliveries) -> int:
    """
    Reset a queryset of deliveries to pending with all their attempts, and return their number.

    Deliveries that are being sent are left out.
    """
    at_rest = Q(claimed_until=None) | ~Q(status=Status.PENDING)
    return deliveries.filter(at_rest).update(
        status=Status.PENDING, attempts=0, next_attempt_at=timezone.now(), claimed_until=None
    )


def remove_old_deliveries() -> int:
    """Delete deliveries older than `CIVIC_PORTAL_WEBHOOK_KEEP_DAYS`, and return their number."""
    before = timezone.now() - timedelta(days=conf.WEBHOOK_KEEP_DAYS)
    return WebhookDelivery.objects.filter(created_at__lt=before).delete()[0]
