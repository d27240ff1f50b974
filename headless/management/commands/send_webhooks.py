"""The command `send_webhooks`."""

from django.core.management.base import BaseCommand

from ...webhooks.dispatch import remove_old_deliveries, send_webhooks
from ...webhooks.models import WebhookDelivery

Status = WebhookDelivery.Status


class Command(BaseCommand):
    """Send due webhooks and delete old deliveries; for a scheduler such as cron."""

    help = (
        "Send the webhooks that are due, including retries of failed ones, and delete old "
        "deliveries. Run it every minute."
    )

    def handle(self, *, verbosity, **options):
        counted = send_webhooks()
        removed = remove_old_deliveries()
        if verbosity > 1 or counted or removed:
            self.stdout.write(
                f"{counted[Status.DELIVERED]} delivered, "
                f"{counted[Status.PENDING]} to be tried again, "
                f"{counted[Status.FAILED]} given up, {removed} old ones removed"
            )
