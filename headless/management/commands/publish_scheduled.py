from wagtail.management.commands import publish_scheduled as stock

from ...upstream.scheduled_publishing import publish_scheduled


class Command(stock.Command):
    help = "Publishes and unpublishes what is due; several may run at once."

    def handle(self, *args, dryrun=False, **options):
        if dryrun:
            super().handle(*args, dryrun=True, **options)
        else:
            publish_scheduled()
