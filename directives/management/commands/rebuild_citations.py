from collections import Counter

from django.core.cache import cache
from django.core.management.base import BaseCommand

from headless.content.visibility import published

from ...citing.extraction import citing_models, extractor_of
from ...citing.services import read_citations, record_citations
from ...models import Citation

BATCH = 200
# Where a run that was stopped has come to, by page type.
PLACE = "directives.rebuild_citations"
KEPT_FOR = 30 * 24 * 3600
BAR = 30  # characters


class Command(BaseCommand):
    help = (
        "Reads all published pages again and stores what they cite. Repairs what failed tasks "
        "left undone. A run that was stopped goes on with --resume."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "--dry-run", action="store_true", help="Only say what would be found; write nothing."
        )
        parser.add_argument(
            "--resume", action="store_true", help="Go on where the last run was stopped."
        )

    def handle(self, *, dry_run, resume, verbosity, **options):
        place = dict(cache.get(PLACE) or {}) if resume else {}
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
                    cache.set(PLACE, place, KEPT_FOR)
        if not dry_run:
            cache.delete(PLACE)
            self._forget_the_rest()
        labels = dict(Citation.Status.choices)
        counts = ", ".join(f"{labels[status]}: {found[status]}" for status in labels)
        self.stdout.write(f"{found.total()} citations. {counts}.")

    def _batches(self, model, pages, last):
        """
        Pages by primary key, so that memory holds one batch and a run can be resumed.

        The keys come first: a database that filters before it sorts would sort all the rest of
        the pages, with their texts, for each batch.
        """
        keys = model.objects.order_by("pk").values_list("pk", flat=True)
        pages = extractor_of(model).prepare(pages.order_by("pk"))
        while window := list(keys.filter(pk__gt=last)[:BATCH]):
            if batch := list(pages.filter(pk__gt=last, pk__lte=window[-1])):
                yield batch
            last = window[-1]

    def _rebuild(self, batch, dry_run):
        if dry_run:
            return Counter(row.status for row in read_citations(pages=batch))
        return record_citations(pages=batch)

    def _show_progress(self, label, done, total):
        """A bar on a terminal; nothing where the output goes into a file."""
        if self.stderr.isatty():
            bar = "█" * (BAR * done // total)
            end = "\n" if done >= total else ""
            self.stderr.write(f"\r{label} {bar:░<{BAR}} {done}/{total}", ending=end)
            self.stderr.flush()

    def _forget_the_rest(self):
        """Removes what is kept of pages that readers can no longer see as citing pages."""
        stale = Citation.objects.all()
        for model in citing_models():
            stale = stale.exclude(
                source__in=model.objects.live().filter(alias_of=None).values("pk")
            )
        stale.delete()
