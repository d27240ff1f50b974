"""What is deleted or cleared: at a reader's request, with a page, or because its time is over."""

from collections.abc import Iterable
from datetime import datetime, time, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet
from django.db.models.functions import Coalesce
from django.utils import timezone
from wagtail.log_actions import log
from wagtail.models import Site

from headless.content.daily_secrets import delete_old_secrets

from ..counts.aggregates import (
    count_comments_anew,
    count_ratings_anew,
    lock_count,
    lock_rating,
    note_comments,
    show_stars,
)
from ..models import Comment, CommentReport, CommentSettings, PageRating, Rating

# As long a moderator can find what was taken for spam by mistake.
SPAM_KEPT = timedelta(days=30)


def forget_ratings(*, translation_key: UUID) -> None:
    """Remove the ratings of a page that is gone in all its languages."""
    Rating.objects.filter(translation_key=translation_key).delete()
    PageRating.objects.filter(translation_key=translation_key).delete()


def find_person(*, email: str = "", visitor: UUID | None = None) -> QuerySet[Comment]:
    """Return the comments that bear an e-mail address or come from a visitor."""
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
    Remove comments, and what visitors rated and reported, for good; return how many of each.

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
        count_comments_anew(count)
        note_comments(count)
    return len(comments)


@transaction.atomic
def erase_ratings(*, visitors: Iterable[UUID], translation_keys: Iterable[UUID] | None) -> int:
    """Remove what visitors rated and reported, on all pages or on these; return how many ratings."""
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
        count_ratings_anew(figures)
        show_stars(row.translation_key, row.visitor, None)
    return len(rows)


def delete_old_spam(*, site: Site) -> int:
    """
    Delete a site's spam that has lain longer than `SPAM_KEPT`; return how much it was.

    That is what filled in the honeypot, and what moderators marked; a comment that others replied
    to stays, for their sake.
    """
    before = timezone.now() - SPAM_KEPT
    spam = Comment.objects.of_site(site).filter(status=Comment.Status.SPAM)
    old = spam.annotate(since=Coalesce("decided_at", "created_at")).filter(since__lt=before)
    return old.filter(replies=None).delete()[1].get(Comment._meta.label, 0)


def forget_readers(*, policy: CommentSettings) -> int:
    """
    Clear what is known of the readers behind a site's old comments; return how many it was.

    Also clear, for all sites, what served for one day: networks of votes, and their keys.
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
