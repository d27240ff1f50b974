"""Prepare an installation for `make run`."""

from django.conf import settings
from django.core.management import CommandError, call_command
from django.core.management.base import BaseCommand
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.urls import reverse


class Command(BaseCommand):
    """Migrate the database, load the demo once and print URLs; one process saves startup time."""

    help = "Migrate the database, load the demo on the first run, and print the URLs."
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("--port", type=int, default=8000, help="Port in the sites' addresses.")

    def handle(self, *, port, **options):
        self.migrate()
        call_command("createcachetable", verbosity=0)
        try:
            call_command("load_demo", port=port, stdout=self.stdout)
        except CommandError as refusal:
            # The demo is optional: an installation with its own content starts without it.
            self.stdout.write(str(refusal))
        for name, address in (
            ("Site", "/"),
            ("Admin", reverse("wagtailadmin_home")),
            ("API docs", reverse("wagtailapi_v3:openapi-view")),
        ):
            self.stdout.write(f"{name + ':':<10}{settings.WAGTAILADMIN_BASE_URL}{address}")
        self.stdout.write("")

    def migrate(self):
        """Apply pending migrations with a progress indicator."""
        executor = MigrationExecutor(connection)
        plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
        if plan:
            self.stdout.write(f"Preparing the database: {len(plan)} steps")
            call_command("migrate", interactive=False, stdout=Progress(self.stdout, len(plan)))


class Progress:
    """
    Output stream of `migrate` that prints progress: one updated line on a terminal, else a few
    lines.
    """

    def __init__(self, stdout, total):
        self.stdout = stdout
        self.total = total
        self.count = 0

    def write(self, text):
        """Count a line about an applied migration; drop other output."""
        if "Applying " not in text:
            return
        self.count += 1
        if self.stdout.isatty():
            end = "\n" if self.count == self.total else ""
            self.stdout.write(f"\r  {self.count} of {self.total}", ending=end)
        elif self.count % 50 == 0:
            self.stdout.write(f"  {self.count} of {self.total}")
        self.stdout.flush()
