"""The command `publish_scheduled`."""

from wagtail.management.commands import publish_scheduled as stock

from ...upstream.scheduled_publishing import publish_scheduled


class Command(stock.Command):
    """Wagtail's command, safe to run concurrently."""

    help = "Publish and unpublish what is scheduled; several processes may run it at once."

    def handle(self, *args, dryrun=False, **options):
        if dryrun:
            super().handle(*args, dryrun=True, **options)
        else:
            publish_scheduled()
