from django.apps import apps
from django.core.management.base import BaseCommand, CommandError
from django.db import connection, transaction
from django.db.migrations.loader import MigrationLoader
from wagtail.models import Page


class Command(BaseCommand):
    help = (
        "Removes the pages and rows of an app that is to be taken out of the project. "
        "Without --yes it lists them alone."
    )

    def add_arguments(self, parser):
        parser.add_argument("app", help="Label of an installed app, such as civic_widgets.")
        parser.add_argument("--yes", action="store_true", help="Remove what is listed, for good.")

    def handle(self, *, app, yes, **options):
        try:
            config = apps.get_app_config(app)
        except LookupError as error:
            raise CommandError(f"There is no app “{app}” in INSTALLED_APPS.") from error
        if resting := self._apps_resting_on(app):
            names = ", ".join(resting)
            raise CommandError(f"Take out what rests on {app} first: {names}.")
        models = list(config.get_models())
        own = Page.objects.none()
        for model in models:
            if issubclass(model, Page):
                own |= Page.objects.filter(pk__in=model._base_manager.values("pk"))
        rows = {
            model: model._base_manager.count() for model in models if not issubclass(model, Page)
        }
        self._list(own, rows)
        if not yes:
            self.stdout.write("Nothing was removed; --yes removes it.")
            return
        with transaction.atomic():
            # From the top: what stands below a page goes with it.
            for pk in own.order_by("path").values_list("pk", flat=True):
                if page := Page.objects.filter(pk=pk).first():
                    page.delete()
            for model in rows:
                # One by one, for the traces that signals remove: searches, references, revisions.
                for row in model._base_manager.iterator(chunk_size=1000):
                    row.delete()
        self.stdout.write(f"Removed. Go on with: migrate {app} zero")

    def _apps_resting_on(self, app):
        graph = MigrationLoader(connection).graph
        children = {
            child.key[0]
            for key in graph.nodes
            if key[0] == app
            for child in graph.node_map[key].children
        }
        return sorted(children - {app})

    def _list(self, own, rows):
        listed = set()
        for page in own.order_by("path"):
            self.stdout.write(f"page {page.pk}: {page.get_verbose_name()} “{page.title}”")
            below = page.get_descendants().exclude(pk__in=own.values("pk"))
            for each in below.exclude(pk__in=listed):
                listed.add(each.pk)
                self.stdout.write(
                    f"  and below it page {each.pk}: {each.get_verbose_name()} “{each.title}”"
                )
        for model, count in rows.items():
            if count:
                self.stdout.write(f"{count} rows of {model._meta.verbose_name}")
