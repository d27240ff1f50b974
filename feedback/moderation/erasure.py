"""Delete or clear readers' data: on request, with a page, or after the retention period."""

from collections.abc import Iterable
from datetime import datetime, time, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet
from django.db.models.functions import Coalesce
from django.utils import timezone
from wagtail.log_actions import log
from wagtail.models import Site

from headless.content.requests.daily_secrets import delete_old_secrets

from ..counts.aggregates import (
    invalidate_comments,
    lock_count,
    lock_rating,
    recount_comments,
    recount_ratings,
    set_comment_stars,
)
from ..models import Comment, CommentReport, CommentSettings, PageRating, Rating

# How long a moderator can find comments that were marked as spam by mistake.
SPAM_KEPT = timedelta(days=30)


def delete_page_ratings(*, translation_key: UUID) -> None:
    """Delete the ratings of a page of which no translation is left."""
    Rating.objects.filter(translation_key=translation_key).delete()
    PageRating.objects.filter(translation_key=translation_key).delete()


def find_comments_of_reader(*, email: str = "", visitor: UUID | None = None) -> QuerySet[Comment]:
    """Return the comments with an e-mail address or of a visitor."""
    wanted = Q(pk__in=[])
    if email:
        wanted |= Q(email=email.strip().lower())
    if visitor:
        wanted |= Q(visitor=visitor)
    return Comment.objects.filter(wanted)


@transaction.atomic
def erase_reader(
    *,
    comments: Iterable[Comment],
    visitors: Iterable[UUID],
    translation_keys: Iterable[UUID] | None = None,
    moderator=None,
) -> tuple[int, int]:
    """
    Erase comments, and ratings and reports of visitors, in one transaction; return both counts.

    Ratings and reports are removed on all pages, or on those of `translation_keys` alone.
    """
    erased_ratings = erase_ratings(visitors=visitors, translation_keys=translation_keys)
    return erase_comments(comments=comments, moderator=moderator), erased_ratings


@transaction.atomic
def erase_comments(*, comments: Iterable[Comment], moderator=None) -> int:
    """
    Remove comments for good, for the person who wrote them; return how many.

    One that others replied to loses all its words and data but keeps its place.
    """
    comments = {comment.pk: comment for comment in comments}
    counts = [lock_count(pk) for pk in sorted({each.page_id for each in comments.values()})]
    for comment in comments.values():
        log(instance=comment, action="civic_feedback.comment.erase", user=moderator)
    answered = Comment.objects.filter(parent__in=comments).exclude(pk__in=comments)
    kept = set(answered.values_list("parent_id", flat=True))
    CommentReport.objects.filter(comment__in=comments).delete()
    Comment.objects.filter(pk__in=kept).update(
        name="", email="", body="", stars=None, visitor=None, network="", reports=0
    )
    Comment.objects.filter(pk__in=set(comments) - kept).delete()
    for count in counts:
        recount_comments(count)
        invalidate_comments(count)
    return len(comments)


@transaction.atomic
def erase_ratings(*, visitors: Iterable[UUID], translation_keys: Iterable[UUID] | None) -> int:
    """Delete ratings and reports of visitors, on all pages or on these; return how many ratings."""
    visitors = list(visitors)
    votes = Rating.objects.filter(visitor__in=visitors)
    reports = CommentReport.objects.filter(visitor__in=visitors)
    if translation_keys is not None:
        translation_keys = list(translation_keys)
        votes = votes.filter(translation_key__in=translation_keys)
        reports = reports.filter(comment__page__translation_key__in=translation_keys)
    reports.delete()
    rows = list(votes.order_by("translation_key"))
    for row in rows:
        figures = lock_rating(row.translation_key)
        row.delete()
        recount_ratings(figures)
        set_comment_stars(row.translation_key, row.visitor, None)
    return len(rows)


def delete_old_spam(*, site: Site) -> int:
    """
    Delete a site's spam that is older than `SPAM_KEPT`; return the number of comments.

    Spam is what filled in the honeypot, and what moderators marked. Comments with replies stay.
    """
    before = timezone.now() - SPAM_KEPT
    spam = Comment.objects.of_site(site).filter(status=Comment.Status.SPAM)
    old = spam.annotate(since=Coalesce("decided_at", "created_at")).filter(since__lt=before)
    return old.filter(replies=None).delete()[1].get(Comment._meta.label, 0)


def forget_readers(*, policy: CommentSettings) -> int:
    """
    Clear readers' data of a site's comments after its retention period; return how many comments.

    Also clear, for all sites, data kept for one day: network hashes of votes, and their secrets.
    """
    today = timezone.localdate()
    delete_old_secrets(today)
    midnight = timezone.make_aware(datetime.combine(today, time.min))
    Rating.objects.exclude(network="").filter(created_at__lt=midnight).update(network="")
    before = timezone.now() - timedelta(days=policy.retention_days)
    known = ~Q(email="") | ~Q(network="") | Q(visitor__isnull=False)
    old = Comment.objects.of_site(policy.site).filter(known, created_at__lt=before)
    CommentReport.objects.filter(created_at__lt=before, comment__in=old.values("pk")).delete()
    return old.update(email="", network="", visitor=None)
