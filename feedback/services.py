"""What readers and moderators do: each write with a rule, for the site and the API alike."""

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
    count_comments_anew,
    lock_count,
    lock_rating,
    note_comments,
    show_stars,
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
from .page_feedback import stars_of, thread_to_answer
from .pages import policy_of
from .submission.admission import Sender, admit, admit_change
from .submission.anonymous_visitors import new_visitor
from .submission.comment_policy import Post, first_status
from .submission.forms import Draft
from .submission.networks import network_of
from .submission.rate_limits import Limits, seconds_of_today
from .submission.refusals import FeedbackClosed, FeedbackFull, ParentRefused, refusing_while_busy

# How many unverified comments may wait on one page, and replies stand below one comment.
UNVERIFIED_WAITING = 20
MAX_REPLIES = 50
# When a moderator may have looked at some of those that wait.
WAITING_SECONDS = 3600
# A second post of the same words within this time is the same post: a double click.
SAME_POST = timedelta(minutes=10)

LOG_ACTIONS = {
    Comment.Status.PENDING: "civic_feedback.comment.reopen",
    Comment.Status.APPROVED: "civic_feedback.comment.approve",
    Comment.Status.REJECTED: "civic_feedback.comment.reject",
    Comment.Status.SPAM: "civic_feedback.comment.spam",
}

# Sent with `page` when a comment has come that a moderator should look at.
comment_waits = Signal()


def use_nothing_up() -> None:
    """Do nothing: the default for posts that passed no limit and no proof of work."""


@refusing_while_busy()
def limit_challenges(*, sender: Sender) -> None:
    """Count a challenge that a network is given; raise a `Refusal` if it was given too many."""
    Limits("challenge", network=network_of(address=sender.address)).count("network")


# Comments


@refusing_while_busy()
def submit_comment(
    request, *, page: Page, sender: Sender, draft: Draft, proof_required: bool
) -> Comment:
    """
    Take a reader's comment, and return it with the status that the site's policy gives it.

    The same words sent again within `SAME_POST` are the same comment. Raises a `Refusal`; then
    nothing was saved, counted or used up.
    """
    policy, mode = policy_of(page), FeedbackMode.of(page)
    if not policy.accepts_comments(page, mode):
        raise FeedbackClosed(_("Comments on this page are closed."))
    if draft.stars and not policy.accepts_ratings(page, mode):
        raise FeedbackClosed(_("Ratings are closed."))
    if earlier := same_post(page=page, visitor=sender.visitor, body=draft.body):
        return earlier
    parent = thread_to_answer(page, draft.parent)
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
        trapped=draft.trapped,
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
    trapped: bool = False,
    spend: Callable[[], None] = use_nothing_up,
) -> Comment:
    """
    Judge a comment by the site's policy, before any lock is taken, and save it with its stars.

    Without a proof of work it waits in any case, and no more than a few may wait so. `spend` is
    called when nothing else can refuse the comment. Raises a `Refusal`.
    """
    if trapped:
        status = Comment.Status.SPAM
    elif not verified:
        status = Comment.Status.PENDING
    else:
        status = first_status(Post(page, policy, visitor, name, email, body))
    with transaction.atomic():
        counted = stars and not trapped and (verified or network)
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
            raise FeedbackFull(
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
            note_comments(count)
        elif comment.status == Comment.Status.PENDING:
            _tell_of_waiting(page)
    return comment


def same_post(*, page: Page, visitor: UUID | None, body: str) -> Comment | None:
    """Return the comment that this visitor posted with these words a moment ago."""
    if visitor is None:
        return None
    recent = Comment.objects.filter(visitor=visitor, created_at__gte=timezone.now() - SAME_POST)
    return recent.of_page(page).filter(body=body).first()


def refuse_full_thread(parent: Comment | None) -> None:
    """Raise `ParentRefused` if a comment has as many replies as it can hold."""
    if parent and parent.replies.exclude(status__in=["rejected", "spam"]).count() >= MAX_REPLIES:
        raise ParentRefused(_("This comment has all the replies it can hold."))


def _tell_of_waiting(page):
    transaction.on_commit(lambda: comment_waits.send(page.specific_class, page=page))


# Ratings


@dataclass(frozen=True, slots=True)
class Vote:
    """What became of a rating: the ratings of the page now, and the visitor who gave it."""

    figures: PageRating
    visitor: UUID


@refusing_while_busy()
def rate_page(
    request, *, page: Page, sender: Sender, stars: int, payload: str, proof_required: bool
) -> Vote:
    """
    Rate a page for a reader, or change their rating, and return the vote.

    A first vote brings a proof of work in `payload`; it must where the sender's network is unknown,
    since without either nothing bounds their votes. Raises a `Refusal`; then nothing was saved,
    counted or used up.
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
    spend: Callable[[], None] = use_nothing_up,
) -> PageRating:
    """
    Give a page a visitor's stars, or change those given before, and return its ratings.

    `network` is given for a vote without a proof of work: of those one a network and day counts as
    a first vote, another raises `FeedbackFull`. `spend` is called when nothing else can refuse it.
    """
    figures = lock_rating(page.translation_key)
    if not _give_stars(figures, visitor, stars, network=network, spend=spend):
        raise FeedbackFull(
            _(
                "A rating without the verification code counts once a day from each network, and "
                "one has been counted today. Turn on JavaScript, or try again tomorrow."
            ),
            retry_after=seconds_of_today(),
        )
    return figures


def _give_stars(figures, visitor, stars, *, network, spend=use_nothing_up) -> bool:
    """Count a visitor's stars in locked ratings; False if the network has had its vote today."""
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
    show_stars(key, visitor, stars)
    return True


@refusing_while_busy()
def withdraw_rating(*, page: Page, sender: Sender) -> PageRating:
    """Withdraw the rating of the sender, a known visitor; raise a `Refusal` if that is too often."""
    admission = admit_change("rating", sender=sender)
    return delete_rating(page=page, visitor=sender.visitor, spend=admission.spend)


@transaction.atomic
def delete_rating(
    *, page: Page, visitor: UUID, spend: Callable[[], None] = use_nothing_up
) -> PageRating:
    """Take a visitor's stars back, if there are any, and return the ratings of the page."""
    figures = lock_rating(page.translation_key)
    rating = Rating.objects.filter(translation_key=page.translation_key, visitor=visitor).first()
    if rating:
        spend()
        rating.delete()
        add_votes(figures, {STAR_FIELDS[rating.stars]: -1, "count": -1})
        show_stars(page.translation_key, visitor, None)
    return figures


# Reports and decisions


@refusing_while_busy()
def submit_report(request, *, comment: Comment, sender: Sender, payload: str) -> UUID:
    """
    Report a comment for a reader, who brings a proof of work in `payload`; return the visitor.

    Without a proof a report only brings a comment before the moderators that nobody has reported
    yet. Raises a `Refusal`.
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
    *, comment: Comment, visitor: UUID, spend: Callable[[], None] = use_nothing_up
) -> None:
    """Bring a comment that readers see before the moderators; each visitor counts once."""
    _report, made = CommentReport.objects.get_or_create(comment=comment, visitor=visitor)
    if made:
        spend()
        Comment.objects.filter(pk=comment.pk).update(reports=F("reports") + 1)
        _tell_of_waiting(comment.page)


@transaction.atomic
def decide(
    *, decisions: Mapping[int, str], moderator, reports: Mapping[int, int] | None = None
) -> dict[int, tuple[str, str, int]]:
    """
    Give comments (by primary key) a status; return what changed, as {key: (status before, status
    after, reports settled)}.

    Whoever calls has made sure that the moderator may. Each decision is in Wagtail's log, reports
    of the comment are settled by it, and the figures of its page are counted anew. When a
    decision is taken back, `reports` are those it had settled: they wait again.
    """
    keys = list(decisions)
    pages = Comment.objects.filter(pk__in=keys).values_list("page_id", flat=True)
    # Always in the same order, so that two moderators never wait for each other.
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
        count_comments_anew(count)
        note_comments(count)
    return changed
