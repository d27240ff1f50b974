"""
The stored figures of comments and ratings: locked, changed and compared with what they count.

Whoever locks several takes ratings before comments, and each in the order of their keys, so that
nobody waits for each other.
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
    """Return the ratings of a page, locked: whoever holds them is alone with them."""
    return PageRating.objects.select_for_update().get_or_create(translation_key=key)[0]


def add_votes(figures: PageRating, changes: dict[str, int]) -> None:
    """Add to locked ratings what `changes` says, by the names of their fields."""
    steps = {name: F(name) + step for name, step in {**changes, "version": 1}.items()}
    _note_rating(figures.translation_key)
    PageRating.objects.filter(pk=figures.pk).update(**steps)
    figures.refresh_from_db()


def show_stars(key: UUID, visitor: UUID, stars: int | None) -> None:
    """Let a visitor's comments on a page, in all its languages, show the stars they give it now."""
    pages = Page.objects.filter(translation_key=key)
    Comment.objects.filter(visitor=visitor, page__in=pages.values("pk")).update(stars=stars)


def _note_rating(key):
    """Invalidate what clients hold of a page's ratings, once this is committed."""
    pages = Page.objects.filter(translation_key=key)
    invalidate_live_versions(FEEDBACK, pages.values_list("pk", flat=True))


def lock_count(page_pk: int) -> CommentCount:
    """Return the number of a page's comments, locked: whoever holds it is alone with them."""
    return CommentCount.objects.select_for_update().get_or_create(page_id=page_pk)[0]


def note_comments(count: CommentCount) -> None:
    """Invalidate what clients hold of a page's comments, once this is committed."""
    CommentCount.objects.filter(pk=count.pk).update(version=F("version") + 1)
    invalidate_live_versions(FEEDBACK, [count.page_id])


def count_comments_anew(count: CommentCount) -> bool:
    """Set a locked number to what readers see; return whether it was wrong."""
    found = Comment.objects.filter(page_id=count.page_id).shown()
    true = found.aggregate(comments=Count("pk"), threads=Count("pk", Q(parent__isnull=True)))
    if (count.comments, count.threads) == (true["comments"], true["threads"]):
        return False
    CommentCount.objects.filter(pk=count.pk).update(**true)
    note_comments(count)
    return True


def count_ratings_anew(figures: PageRating) -> bool:
    """Set locked ratings to the votes there are; return whether they were wrong."""
    votes = Rating.objects.filter(translation_key=figures.translation_key)
    counted = dict(votes.values_list("stars").annotate(Count("pk")))
    true = {field: counted.get(stars, 0) for stars, field in STAR_FIELDS.items()}
    true["count"] = sum(true.values())
    if all(getattr(figures, name) == value for name, value in true.items()):
        return False
    PageRating.objects.filter(pk=figures.pk).update(**true, version=F("version") + 1)
    _note_rating(figures.translation_key)
    return True


def recount(*, repair: bool) -> list[str]:
    """
    Compare every page's figures with its comments and ratings; return those that differ.

    Each is named as “comments 12” (page) or “ratings <translation key>”, and mended if asked.
    """
    wrong = []
    pages = set(Comment.objects.values_list("page_id", flat=True).distinct())
    pages |= set(CommentCount.objects.values_list("page_id", flat=True))
    for pk in sorted(pages):
        with transaction.atomic():
            if count_comments_anew(lock_count(pk)):
                wrong.append(f"comments {pk}")
                transaction.set_rollback(not repair)
    keys = set(Rating.objects.values_list("translation_key", flat=True).distinct())
    keys |= set(PageRating.objects.values_list("translation_key", flat=True))
    for key in sorted(keys):
        with transaction.atomic():
            if count_ratings_anew(lock_rating(key)):
                wrong.append(f"ratings {key}")
                transaction.set_rollback(not repair)
    return wrong
