"""Extract, resolve and store the citations of all published pages anew."""

from collections import Counter

from django.core.management.base import BaseCommand

from headless.conf import shared_cache
from headless.content.visibility import published

from ...citing.extraction import citing_models, get_extractor
from ...citing.services import build_citations, record_citations
from ...models import Citation

BATCH = 200
# Cache key of the last primary key processed, by page type, for `--resume`.
PROGRESS_KEY = "directives.rebuild_citations"
PROGRESS_SECONDS = 30 * 24 * 3600
BAR = 30  # characters


class Command(BaseCommand):
    """
    Rebuild the table of citations in batches; idempotent, and resumable after an interruption.
    """

    help = (
        "Extract, resolve and store the citations of all published pages anew. Run it after tasks "
        "have failed. --resume continues an interrupted run."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "--dry-run", action="store_true", help="Report what would be found; write nothing."
        )
        parser.add_argument(
            "--resume", action="store_true", help="Continue where the last run was interrupted."
        )

    def handle(self, *, dry_run, resume, verbosity, **options):
        place = dict(shared_cache.get(PROGRESS_KEY) or {}) if resume else {}
        found = Counter()
        for model in citing_models():
            label = model._meta.label
            start = place.get(label, 0)
            pages = published(model.objects.all())
            done, total = 0, pages.filter(pk__gt=start).count()
            for batch in self._batches(model, pages, start):
                found += self._rebuild(batch, dry_run)
                done += len(batch)
                if verbosity:
                    self._show_progress(label, done, total)
                if not dry_run:
                    place[label] = batch[-1].pk
                    shared_cache.set(PROGRESS_KEY, place, PROGRESS_SECONDS)
        if not dry_run:
            shared_cache.delete(PROGRESS_KEY)
            self._delete_stale()
        labels = dict(Citation.Status.choices)
        counts = ", ".join(f"{labels[status]}: {found[status]}" for status in labels)
        self.stdout.write(f"{found.total()} citations. {counts}.")

    def _batches(self, model, pages, last):
        """
        Yield batches of pages in the order of their primary keys.

        Keyset pagination bounds memory and lets a run be resumed. Keys are selected first: a
        database that filters before it sorts would otherwise sort all remaining pages with their
        texts for each batch.
        """
        keys = model.objects.order_by("pk").values_list("pk", flat=True)
        pages = get_extractor(model).prepare(pages.order_by("pk"))
        while window := list(keys.filter(pk__gt=last)[:BATCH]):
            if batch := list(pages.filter(pk__gt=last, pk__lte=window[-1])):
                yield batch
            last = window[-1]

    def _rebuild(self, batch, dry_run):
        if dry_run:
            return Counter(row.status for row in build_citations(pages=batch))
        return record_citations(pages=batch)

    def _show_progress(self, label, done, total):
        """Write a progress bar if stderr is a terminal."""
        if self.stderr.isatty():
            bar = "█" * (BAR * done // total)
            end = "\n" if done >= total else ""
            self.stderr.write(f"\r{label} {bar:░<{BAR}} {done}/{total}", ending=end)
            self.stderr.flush()

    def _delete_stale(self):
        """Delete the citations of pages that are no longer live, or are aliases."""
        stale = Citation.objects.all()
        for model in citing_models():
            stale = stale.exclude(
                source__in=model.objects.live().filter(alias_of=None).values("pk")
            )
        stale.delete()
