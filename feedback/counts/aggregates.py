"""
Lock, change and recount the stored numbers of comments and ratings.

Lock order, to avoid deadlocks: ratings before comments, each by ascending key.
"""

from uuid import UUID

from django.db import transaction
from django.db.models import Count, F, Q
from wagtail.models import Page

from headless.cache.content_version import invalidate_live_versions

from ..models import Comment, CommentCount, PageRating, Rating
from ..models.ratings import STAR_FIELDS
from .figures import FEEDBACK


def lock_rating(key: UUID) -> PageRating:
    """Return the rating counts of a page, locked until the end of the transaction."""
    return PageRating.objects.select_for_update().get_or_create(translation_key=key)[0]


def add_votes(figures: PageRating, changes: dict[str, int]) -> None:
    """Add `changes` (field name to difference) to locked rating counts, and refresh them."""
    steps = {name: F(name) + step for name, step in {**changes, "version": 1}.items()}
    _invalidate_rating(figures.translation_key)
    PageRating.objects.filter(pk=figures.pk).update(**steps)
    figures.refresh_from_db()


def set_comment_stars(key: UUID, visitor: UUID, stars: int | None) -> None:
    """Set the stars shown with a visitor's comments on a page, in all its languages."""
    pages = Page.objects.filter(translation_key=key)
    Comment.objects.filter(visitor=visitor, page__in=pages.values("pk")).update(stars=stars)


def _invalidate_rating(key):
    """Invalidate cached responses that show a page's ratings, after the commit."""
    pages = Page.objects.filter(translation_key=key)
    invalidate_live_versions(FEEDBACK, pages.values_list("pk", flat=True))


def lock_count(page_pk: int) -> CommentCount:
    """Return the comment counts of a page, locked until the end of the transaction."""
    return CommentCount.objects.select_for_update().get_or_create(page_id=page_pk)[0]


def invalidate_comments(count: CommentCount) -> None:
    """Invalidate cached responses that show a page's comments, after the commit."""
    CommentCount.objects.filter(pk=count.pk).update(version=F("version") + 1)
    invalidate_live_versions(FEEDBACK, [count.page_id])


def recount_comments(count: CommentCount) -> bool:
    """Recount the public comments of a page, whose counts are locked; return whether they differed."""
    found = Comment.objects.filter(page_id=count.page_id).shown()
    true = found.aggregate(comments=Count("pk"), threads=Count("pk", Q(parent__isnull=True)))
    if (count.comments, count.threads) == (true["comments"], true["threads"]):
        return False
    CommentCount.objects.filter(pk=count.pk).update(**true)
    invalidate_comments(count)
    return True


def recount_ratings(figures: PageRating) -> bool:
    """Recount the ratings of a page, whose counts are locked; return whether they differed."""
    votes = Rating.objects.filter(translation_key=figures.translation_key)
    counted = dict(votes.values_list("stars").annotate(Count("pk")))
    true = {field: counted.get(stars, 0) for stars, field in STAR_FIELDS.items()}
    true["count"] = sum(true.values())
    if all(getattr(figures, name) == value for name, value in true.items()):
        return False
    PageRating.objects.filter(pk=figures.pk).update(**true, version=F("version") + 1)
    _invalidate_rating(figures.translation_key)
    return True


def recount(*, repair: bool) -> list[str]:
    """
    Compare the counts of every page with its comments and ratings; return those that differ.

    Each is named as “comments 12” (page) or “ratings <translation key>”; `repair` stores the
    correct counts.
    """
    wrong = []
    pages = set(Comment.objects.values_list("page_id", flat=True).distinct())
    pages |= set(CommentCount.objects.values_list("page_id", flat=True))
    for pk in sorted(pages):
        with transaction.atomic():
            if recount_comments(lock_count(pk)):
                wrong.append(f"comments {pk}")
                transaction.set_rollback(not repair)
    keys = set(Rating.objects.values_list("translation_key", flat=True).distinct())
    keys |= set(PageRating.objects.values_list("translation_key", flat=True))
    for key in sorted(keys):
        with transaction.atomic():
            if recount_ratings(lock_rating(key)):
                wrong.append(f"ratings {key}")
                transaction.set_rollback(not repair)
    return wrong
