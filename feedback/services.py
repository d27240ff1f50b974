"""Write comments, ratings, reports and decisions by their rules, for the views and the API."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import F
from django.dispatch import Signal
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log
from wagtail.models import Page

from .counts.aggregates import (
    add_votes,
    invalidate_comments,
    lock_count,
    lock_rating,
    recount_comments,
    set_comment_stars,
)
from .models import (
    Comment,
    CommentCount,
    CommentReport,
    CommentSettings,
    FeedbackMode,
    PageRating,
    Rating,
)
from .models.ratings import STAR_FIELDS, STARS
from .page_feedback import find_parent_comment, stars_of
from .pages import policy_of
from .submission.admission import Sender, admit, admit_change
from .submission.anonymous_visitors import new_visitor
from .submission.comment_policy import Post, initial_status
from .submission.forms import Draft
from .submission.networks import network_of
from .submission.rate_limits import Limits, seconds_until_midnight
from .submission.refusals import FeedbackClosed, LimitReached, ParentRefused, refuse_while_busy

# How many unverified comments may wait on one page, and replies stand below one comment.
UNVERIFIED_WAITING = 20
MAX_REPLIES = 50
# `Retry-After` when `UNVERIFIED_WAITING` is reached.
WAITING_SECONDS = 3600
# A second post of the same words within this time is the same post: a double click.
SAME_POST = timedelta(minutes=10)

LOG_ACTIONS = {
    Comment.Status.PENDING: "civic_feedback.comment.reopen",
    Comment.Status.APPROVED: "civic_feedback.comment.approve",
    Comment.Status.REJECTED: "civic_feedback.comment.reject",
    Comment.Status.SPAM: "civic_feedback.comment.spam",
}

# Sent with `page` when a comment or a report of one needs a moderator.
comment_waits = Signal()


def spend_nothing() -> None:
    """Do nothing: the default of `spend`, without rate limits and proof of work."""


@refuse_while_busy()
def limit_challenges(*, sender: Sender) -> None:
    """Count a challenge issued to the sender's network; raise a `Refusal` over its rate limit."""
    Limits("challenge", network=network_of(address=sender.address)).count("network")


# Comments


@refuse_while_busy()
def submit_comment(
    request, *, page: Page, sender: Sender, draft: Draft, proof_required: bool
) -> Comment:
    """
    Check and save a reader's comment; return it with the status that the site's policy gives it.

    Idempotent: the same text sent again within `SAME_POST` returns the first comment. Raises a
    `Refusal`; then nothing was saved and neither rate limits nor the proof of work were used up.
    """
    policy, mode = policy_of(page), FeedbackMode.of(page)
    if not policy.accepts_comments(page, mode):
        raise FeedbackClosed(_("Comments on this page are closed."))
    if draft.stars and not policy.accepts_ratings(page, mode):
        raise FeedbackClosed(_("Ratings are closed."))
    if earlier := same_post(page=page, visitor=sender.visitor, body=draft.body):
        return earlier
    parent = find_parent_comment(page, draft.parent)
    if draft.parent and parent is None:
        raise ParentRefused(_("The comment you reply to is no longer there."))
    refuse_full_thread(parent)
    admission = admit(
        request,
        "comment",
        page_id=page.pk,
        sender=sender,
        payload=draft.payload,
        proof_required=proof_required,
    )
    return save_comment(
        page=page,
        policy=policy,
        visitor=sender.visitor or new_visitor(),
        network=admission.network,
        verified=admission.is_verified,
        name=draft.name,
        email=draft.email,
        body=draft.body,
        stars=draft.stars,
        parent=parent,
        is_honeypot_filled=draft.is_honeypot_filled,
        spend=admission.spend,
    )


def save_comment(
    *,
    page: Page,
    policy: CommentSettings,
    visitor: UUID,
    network: str,
    verified: bool,
    name: str,
    email: str,
    body: str,
    stars: int | None = None,
    parent: Comment | None = None,
    is_honeypot_filled: bool = False,
    spend: Callable[[], None] = spend_nothing,
) -> Comment:
    """
    Judge a comment by the site's policy, before any lock is taken; save it with its stars.

    A comment without proof of work is always pending, and at most `UNVERIFIED_WAITING` of them
    wait on a page. `spend` is called when nothing else can refuse the comment. Raises a `Refusal`.
    """
    if is_honeypot_filled:
        status = Comment.Status.SPAM
    elif not verified:
        status = Comment.Status.PENDING
    else:
        status = initial_status(Post(page, policy, visitor, name, email, body))
    with transaction.atomic():
        counted = stars and not is_honeypot_filled and (verified or network)
        rating = lock_rating(page.translation_key) if counted else None
        count = lock_count(page.pk)
        # Read anew within the lock: the same post may have come twice at once, and a moderator may
        # have hidden the comment that is replied to.
        if earlier := same_post(page=page, visitor=visitor, body=body):
            return earlier
        mine = Comment.objects.of_page(page)
        if parent is not None:
            parent = mine.approved().threads().filter(pk=parent.pk).first()
            if parent is None:
                raise ParentRefused(_("This comment cannot be replied to."))
            refuse_full_thread(parent)
        unverified = mine.filter(status=status, verified=False)
        if not verified and unverified.count() >= UNVERIFIED_WAITING:
            raise LimitReached(
                _("Too many comments are waiting. Please try again later."),
                retry_after=WAITING_SECONDS,
            )
        spend()
        if rating:
            _give_stars(rating, visitor, stars, network="" if verified else network)
        comment = Comment.objects.create(
            page=page,
            parent=parent,
            name=name,
            email=email.lower(),
            body=body,
            stars=stars_of(page, visitor),
            status=status,
            verified=verified,
            visitor=visitor,
            network=network,
        )
        if comment.status == Comment.Status.APPROVED:
            CommentCount.objects.filter(pk=count.pk).update(
                comments=F("comments") + 1, threads=F("threads") + (0 if parent else 1)
            )
            invalidate_comments(count)
        elif comment.status == Comment.Status.PENDING:
            _send_comment_waits(page)
    return comment


def same_post(*, page: Page, visitor: UUID | None, body: str) -> Comment | None:
    """Return the visitor's comment with the same text of the last `SAME_POST`, else None."""
    if visitor is None:
        return None
    recent = Comment.objects.filter(visitor=visitor, created_at__gte=timezone.now() - SAME_POST)
    return recent.of_page(page).filter(body=body).first()


def refuse_full_thread(parent: Comment | None) -> None:
    """Raise `ParentRefused` if a comment has `MAX_REPLIES` replies."""
    if parent and parent.replies.exclude(status__in=["rejected", "spam"]).count() >= MAX_REPLIES:
        raise ParentRefused(_("This comment has all the replies it can hold."))


def _send_comment_waits(page):
    transaction.on_commit(lambda: comment_waits.send(page.specific_class, page=page))


# Ratings


@dataclass(frozen=True, slots=True)
class Vote:
    """The result of a rating: the rating counts of the page, and the visitor."""

    figures: PageRating
    visitor: UUID


@refuse_while_busy()
def rate_page(
    request, *, page: Page, sender: Sender, stars: int, payload: str, proof_required: bool
) -> Vote:
    """
    Rate a page for a reader, or change their rating; return the vote.

    A first vote has a proof of work in `payload`. It is required if the sender's network is
    unknown, since nothing else limits votes then. Raises a `Refusal`; then nothing was saved and
    neither rate limits nor the proof of work were used up.
    """
    if not policy_of(page).accepts_ratings(page, FeedbackMode.of(page)):
        raise FeedbackClosed(_("Ratings are closed."))
    if stars_of(page, sender.visitor) is not None:
        admission = admit_change("rating", sender=sender)
    else:
        admission = admit(
            request,
            "rating",
            page_id=page.pk,
            sender=sender,
            payload=payload,
            proof_required=proof_required or not network_of(address=sender.address),
        )
    visitor = sender.visitor or new_visitor()
    figures = save_rating(
        page=page,
        visitor=visitor,
        stars=stars,
        network="" if admission.is_verified else admission.network,
        spend=admission.spend,
    )
    return Vote(figures, visitor)


@transaction.atomic
def save_rating(
    *,
    page: Page,
    visitor: UUID,
    stars: int,
    network: str = "",
    spend: Callable[[], None] = spend_nothing,
) -> PageRating:
    """
    Save a visitor's stars of a page, or change them; return the rating counts of the page.

    `network` is given for a vote without proof of work: a network has one such vote a day on a
    page, a second raises `LimitReached`. `spend` is called when nothing else can refuse it.
    """
    figures = lock_rating(page.translation_key)
    if not _give_stars(figures, visitor, stars, network=network, spend=spend):
        raise LimitReached(
            _(
                "A rating without the verification code counts once a day from each network, and "
                "one has been counted today. Turn on JavaScript, or try again tomorrow."
            ),
            retry_after=seconds_until_midnight(),
        )
    return figures


def _give_stars(figures, visitor, stars, *, network, spend=spend_nothing) -> bool:
    """Save stars with locked rating counts; return False if the network has voted today."""
    if stars not in STARS:
        raise ValidationError({"stars": _("Choose one to five stars.")})
    key = figures.translation_key
    rating = Rating.objects.filter(translation_key=key, visitor=visitor).first()
    changes = {STAR_FIELDS[stars]: 1}
    if rating is None:
        try:
            with transaction.atomic():
                Rating.objects.create(
                    translation_key=key, visitor=visitor, stars=stars, network=network
                )
        except IntegrityError:
            return False
        changes["count"] = 1
    elif rating.stars == stars:
        return True
    else:
        changes[STAR_FIELDS[rating.stars]] = -1
        Rating.objects.filter(pk=rating.pk).update(stars=stars, changed_at=timezone.now())
    spend()
    add_votes(figures, changes)
    set_comment_stars(key, visitor, stars)
    return True


@refuse_while_busy()
def withdraw_rating(*, page: Page, sender: Sender) -> PageRating:
    """Delete the rating of the sender, who has a visitor id; raise a `Refusal` over the rate limit."""
    admission = admit_change("rating", sender=sender)
    return delete_rating(page=page, visitor=sender.visitor, spend=admission.spend)


@transaction.atomic
def delete_rating(
    *, page: Page, visitor: UUID, spend: Callable[[], None] = spend_nothing
) -> PageRating:
    """Delete a visitor's rating, if there is one; return the rating counts of the page."""
    figures = lock_rating(page.translation_key)
    rating = Rating.objects.filter(translation_key=page.translation_key, visitor=visitor).first()
    if rating:
        spend()
        rating.delete()
        add_votes(figures, {STAR_FIELDS[rating.stars]: -1, "count": -1})
        set_comment_stars(page.translation_key, visitor, None)
    return figures


# Reports and decisions


@refuse_while_busy()
def submit_report(request, *, comment: Comment, sender: Sender, payload: str) -> UUID:
    """
    Report a comment for a reader, with a proof of work in `payload`; return the visitor id.

    Without a proof of work a report is saved only if nobody has reported the comment yet. Raises
    a `Refusal`.
    """
    visitor = sender.visitor or new_visitor()
    if CommentReport.objects.filter(comment=comment, visitor=visitor).exists():
        admit_change("report", sender=sender).spend()
        return visitor
    admission = admit(
        request,
        "report",
        page_id=comment.page_id,
        sender=sender,
        payload=payload,
        proof_required=False,
    )
    if admission.is_verified or not comment.reports:
        save_report(comment=comment, visitor=visitor, spend=admission.spend)
    else:
        admission.spend()
    return visitor


@transaction.atomic
def save_report(
    *, comment: Comment, visitor: UUID, spend: Callable[[], None] = spend_nothing
) -> None:
    """Save a report of a public comment, one for each visitor, and notify moderators."""
    _report, made = CommentReport.objects.get_or_create(comment=comment, visitor=visitor)
    if made:
        spend()
        Comment.objects.filter(pk=comment.pk).update(reports=F("reports") + 1)
        _send_comment_waits(comment.page)


@transaction.atomic
def decide(
    *, decisions: Mapping[int, str], moderator, reports: Mapping[int, int] | None = None
) -> dict[int, tuple[str, str, int]]:
    """
    Give comments (by primary key) a status; return what changed, as {key: (status before, status
    after, reports settled)}.

    The caller checks permissions. Each decision is logged in Wagtail's log, sets the number of the
    comment's open reports to zero, and recounts its page. To undo a decision, pass in `reports`
    the numbers it had settled: they are open again.
    """
    keys = list(decisions)
    pages = Comment.objects.filter(pk__in=keys).values_list("page_id", flat=True)
    # Always in the same order, to avoid a deadlock of two moderators.
    counts = [lock_count(pk) for pk in sorted(set(pages))]
    changed = {}
    for comment in Comment.objects.select_for_update().filter(pk__in=keys).order_by("pk"):
        before, after = comment.status, Comment.Status(decisions[comment.pk])
        settled = comment.reports
        waiting = settled + reports.get(comment.pk, 0) if reports else 0
        if (before, settled) == (after, waiting):
            continue
        comment.status = after
        comment.decided_at = timezone.now()
        comment.moderator = moderator
        comment.reports = waiting
        comment.save(update_fields=["status", "decided_at", "moderator", "reports"])
        log(
            instance=comment,
            action=LOG_ACTIONS[Comment.Status.PENDING if waiting else after],
            user=moderator,
            data={"status": {"old": before, "new": after}},
        )
        changed[comment.pk] = (before, str(after), settled)
    for count in counts:
        recount_comments(count)
        invalidate_comments(count)
    return changed
