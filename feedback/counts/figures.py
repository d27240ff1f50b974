"""Read the numbers of comments and ratings, of one page or of a list in one query."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from wagtail.models import Page

from headless.api.fields import PortalFeedback
from headless.cache.response_cache import record_dependency
from headless.content.requests.render_state import current_state

from ..models import CommentCount, FeedbackMode, PageRating
from ..models.ratings import STAR_FIELDS

# The kind under which live figures have versions of their own (`headless.cache.response_cache`).
FEEDBACK = "feedback"
RATED = ("count", "version", *STAR_FIELDS.values())
COUNTED = ("comments", "threads", "version")
CHOSEN = ("comments", "ratings")


@dataclass(frozen=True, slots=True)
class Figures:
    """
    The ratings of a page in all its languages, and the number of its public comments.

    `mode` is the stored choice whether the page is open to comments and ratings; None without one.
    """

    rating: PageRating
    count: CommentCount
    mode: FeedbackMode | None

    def recorded_for(self, page: Page) -> "Figures":
        """Record that the response depends on the feedback on `page`, which these figures are of."""
        # The version of the very rows that are shown.
        record_dependency(FEEDBACK, page.pk, self.rating.version + self.count.version)
        return self

    def describe(self) -> PortalFeedback:
        """Return the figures as the API's `feedback` field."""
        return {
            "ratings": self.rating.count,
            "average": self.rating.average,
            "comments": self.count.comments,
        }


def figures_of(page: Page) -> Figures:
    """
    Return the figures of a page, read once a response; zeros without any comment or rating.

    Records that the response depends on them: call it before comments are read.
    """
    state = current_state()
    known = state.prefetched.setdefault(FEEDBACK, {}) if state else {}
    if page.pk not in known:
        known |= read_figures([page])
    return known[page.pk].recorded_for(page)


def read_figures(pages: Sequence[Page]) -> dict[int, Figures]:
    """Return the figures of all `pages` by their ids, in one query."""
    rating = PageRating.objects.filter(translation_key=OuterRef("translation_key"))
    stored = Page.objects.filter(pk__in=[page.pk for page in pages if page.pk])
    rows = stored.values_list(
        "pk",
        *(Subquery(rating.values(name)) for name in RATED),
        *(f"civic_comment_count__{name}" for name in COUNTED),
        *(f"feedback_modes__{name}" for name in CHOSEN),
    )
    found = {page.pk: Figures(PageRating(), CommentCount(), None) for page in pages}
    for pk, *values in rows:
        rated, values = values[: len(RATED)], values[len(RATED) :]
        counted, chosen = values[: len(COUNTED)], values[len(COUNTED) :]
        found[pk] = Figures(
            _row(PageRating, RATED, rated) or PageRating(),
            _row(CommentCount, COUNTED, counted) or CommentCount(),
            _row(FeedbackMode, CHOSEN, chosen),
        )
    return found


def _row(model, names, values):
    """Return an instance with these fields; None if there is no row."""
    return None if None in values else model(**dict(zip(names, values, strict=True)))


def describe_figures(pages: Sequence[Page]) -> dict[int, PortalFeedback]:
    """Return the API's `feedback` field of `pages` by page id, in one query."""
    figures = read_figures(pages)
    return {page.pk: figures[page.pk].recorded_for(page).describe() for page in pages}


def feedback_versions(keys: Iterable[int]) -> QuerySet[Page]:
    """Return pages annotated with `live_version`, which rises with their comments and ratings."""
    ratings = PageRating.objects.filter(translation_key=OuterRef("translation_key"))
    counts = CommentCount.objects.filter(page_id=OuterRef("pk"))
    versions = [Coalesce(Subquery(rows.values("version")), 0) for rows in (ratings, counts)]
    return Page.objects.filter(pk__in=list(keys)).annotate(live_version=sum(versions, Value(0)))


def depend_on_feedback(page: Page) -> None:
    """Record that the response depends on the feedback on `page`; call it before reading that."""
    version = feedback_versions([page.pk]).values_list("live_version", flat=True).first()
    record_dependency(FEEDBACK, page.pk, version or 0)
