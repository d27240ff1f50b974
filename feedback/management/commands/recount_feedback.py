from django.core.management.base import BaseCommand

from ...counts.aggregates import recount


class Command(BaseCommand):
    help = "Recounts comments and ratings of all pages, and corrects stored counts that differ."

    def add_arguments(self, parser):
        parser.add_argument("--dry-run", action="store_true", help="Only list counts that differ.")

    def handle(self, *, dry_run, **options):
        wrong = recount(repair=not dry_run)
        for each in wrong:
            self.stdout.write(f"{'Differs' if dry_run else 'Mended'}: {each}")
        if not wrong:
            self.stdout.write("All figures are right.")
