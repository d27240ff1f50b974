"""What readers and moderators do: each write with a rule, for the site and the API alike."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Count, F, Q, QuerySet
from django.db.models.functions import Coalesce
from django.dispatch import Signal
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log
from wagtail.models import Site

from headless.changes import reread

from .admission import Sender, admit, admit_change
from .judgement import Post, first_status
from .limits import Limits
from .models import (
    ArticlePage,
    ArticleRating,
    Comment,
    CommentCount,
    CommentReport,
    CommentSettings,
    NetworkKey,
    Rating,
)
from .models.feedback import FEEDBACK, stars_of, thread_to_answer
from .models.ratings import STAR_FIELDS, STARS
from .networks import network_of
from .refusals import FeedbackClosed, FeedbackFull, ParentRefused, refusing_while_busy
from .visitors import new_visitor

# How many unverified comments may wait on one article, and replies stand below one comment.
UNVERIFIED_WAITING = 20
MAX_REPLIES = 50
# When a moderator may have looked at some of those that wait.
WAITING_SECONDS = 3600
# A second post of the same words within this time is the same post: a double click.
SAME_POST = timedelta(minutes=10)
# As long a moderator can find what was taken for spam by mistake.
SPAM_KEPT = timedelta(days=30)

LOG_ACTIONS = {
    Comment.Status.PENDING: "articles.comment.reopen",
    Comment.Status.APPROVED: "articles.comment.approve",
    Comment.Status.REJECTED: "articles.comment.reject",
    Comment.Status.SPAM: "articles.comment.spam",
}

# Sent with `article` when a comment has come that a moderator should look at.
comment_waits = Signal()


def use_nothing_up() -> None:
    """What a post uses up that passed no limit and no proof of work: nothing."""


@refusing_while_busy()
def limit_challenges(*, sender: Sender) -> None:
    """Count a challenge that a network is given; raise a `Refusal` if it was given too many."""
    Limits("challenge", network=network_of(address=sender.address)).count("network")


# Ratings


@dataclass(frozen=True, slots=True)
class Vote:
    """What became of a rating: the figures of the article now, and the visitor who gave it."""

    figures: ArticleRating
    visitor: UUID


@refusing_while_busy()
def submit_rating(
    request,
    *,
    article: ArticlePage,
    policy: CommentSettings,
    sender: Sender,
    stars: int,
    payload: str,
    proof_required: bool,
) -> Vote:
    """
    Rate an article for a reader, or change their rating, and return the vote.

    A first vote brings a proof of work in `payload`. Raises a `Refusal`.
    """
    if not policy.ratings_open:
        raise FeedbackClosed(_("Ratings are closed."))
    if stars_of(article, sender.visitor) is not None:
        admission = admit_change("rating", sender=sender)
        network = ""
    else:
        admission = admit(
            request,
            "rating",
            article_id=article.pk,
            sender=sender,
            payload=payload,
            proof_required=proof_required,
        )
        network = "" if admission.is_verified else admission.network
    visitor = sender.visitor or new_visitor()
    figures = rate_article(
        article=article, visitor=visitor, stars=stars, network=network, spend=admission.spend
    )
    return Vote(figures, visitor)


@transaction.atomic
def rate_article(
    *,
    article: ArticlePage,
    visitor: UUID,
    stars: int,
    network: str = "",
    spend: Callable[[], None] = use_nothing_up,
) -> ArticleRating:
    """
    Give an article a visitor's stars, or change those given before; its figures move along.

    `network` is given for a first vote without a proof of work: of those one a network and day
    counts, another raises `FeedbackFull`. `spend` is called when nothing else can refuse the vote.
    """
    if stars not in STARS:
        raise ValidationError({"stars": _("Choose one to five stars.")})
    key = article.translation_key
    figures = _locked_rating(key)
    rating = Rating.objects.filter(translation_key=key, visitor=visitor).first()
    changes = {STAR_FIELDS[stars]: 1}
    if rating is None:
        try:
            with transaction.atomic():
                Rating.objects.create(
                    translation_key=key, visitor=visitor, stars=stars, network=network
                )
        except IntegrityError as error:
            raise FeedbackFull(_counted_already(), retry_after=_seconds_of_today()) from error
        changes["count"] = 1
    elif rating.stars == stars:
        return figures
    else:
        changes[STAR_FIELDS[rating.stars]] = -1
        Rating.objects.filter(pk=rating.pk).update(stars=stars, changed_at=timezone.now())
    spend()
    _add(figures, changes)
    _show_stars(article, visitor, stars)
    return figures


def _counted_already():
    return _(
        "A rating without the verification code counts once a day from each network, and one has "
        "been counted today. Turn on JavaScript, or try again tomorrow."
    )


def _seconds_of_today():
    now = timezone.localtime()
    tomorrow = datetime.combine(now.date() + timedelta(days=1), time.min)
    return int((timezone.make_aware(tomorrow) - now).total_seconds()) + 1


@refusing_while_busy()
def submit_withdrawal(*, article: ArticlePage, sender: Sender) -> ArticleRating:
    """Withdraw the rating of the sender, who is a known visitor; raise a `Refusal` if too often."""
    admission = admit_change("rating", sender=sender)
    return withdraw_rating(article=article, visitor=sender.visitor, spend=admission.spend)


@transaction.atomic
def withdraw_rating(
    *, article: ArticlePage, visitor: UUID, spend: Callable[[], None] = use_nothing_up
) -> ArticleRating:
    """Take a visitor's stars back, if there are any."""
    figures = _locked_rating(article.translation_key)
    rating = Rating.objects.filter(translation_key=article.translation_key, visitor=visitor).first()
    if rating:
        spend()
        rating.delete()
        _add(figures, {STAR_FIELDS[rating.stars]: -1, "count": -1})
        _show_stars(article, visitor, None)
    return figures


def _locked_rating(key):
    """The figures of an article; whoever holds them is alone with its ratings."""
    return ArticleRating.objects.select_for_update().get_or_create(translation_key=key)[0]


def _add(figures, changes):
    steps = {name: F(name) + step for name, step in {**changes, "version": 1}.items()}
    _tell_of_rating(figures.translation_key)
    ArticleRating.objects.filter(pk=figures.pk).update(**steps)
    figures.refresh_from_db()


def _show_stars(article, visitor, stars):
    """A reader's comments on an article show the stars they give it now."""
    articles = ArticlePage.objects.filter(translation_key=article.translation_key)
    Comment.objects.filter(visitor=visitor, article__in=articles.values("pk")).update(stars=stars)


def _tell_of_rating(key):
    """Clients that hold an article's figures find them old once this is committed."""
    articles = ArticlePage.objects.filter(translation_key=key)
    reread(FEEDBACK, articles.values_list("pk", flat=True))


# Comments


@dataclass(frozen=True, slots=True)
class Draft:
    """
    What a reader wrote, as `CommentForm` has cleaned it.

    `parent` names the comment replied to, `payload` is the proof of work, and `trapped` says that
    the field was filled in that people do not see.
    """

    name: str
    email: str
    body: str
    parent: str | int | None = None
    payload: str = ""
    trapped: bool = False


@refusing_while_busy()
def submit_comment(
    request,
    *,
    article: ArticlePage,
    policy: CommentSettings,
    sender: Sender,
    draft: Draft,
    proof_required: bool,
) -> Comment:
    """
    Take a reader's comment, and return it with the status that the site's policy gives it.

    The same words sent again within `SAME_POST` are the same comment. Raises a `Refusal`; then
    nothing was saved, counted or used up.
    """
    if not policy.accepts_comments(article):
        raise FeedbackClosed(_("Comments on this article are closed."))
    if earlier := same_post(article=article, visitor=sender.visitor, body=draft.body):
        return earlier
    parent = thread_to_answer(article, draft.parent)
    if draft.parent and parent is None:
        raise ParentRefused(_("The comment you reply to is no longer there."))
    refuse_full_thread(parent)
    admission = admit(
        request,
        "comment",
        article_id=article.pk,
        sender=sender,
        payload=draft.payload,
        proof_required=proof_required,
    )
    return post_comment(
        article=article,
        policy=policy,
        visitor=sender.visitor or new_visitor(),
        network=admission.network,
        verified=admission.is_verified,
        name=draft.name,
        email=draft.email,
        body=draft.body,
        parent=parent,
        trapped=draft.trapped,
        spend=admission.spend,
    )


def post_comment(
    *,
    article: ArticlePage,
    policy: CommentSettings,
    visitor: UUID,
    network: str,
    verified: bool,
    name: str,
    email: str,
    body: str,
    parent: Comment | None = None,
    trapped: bool = False,
    spend: Callable[[], None] = use_nothing_up,
) -> Comment:
    """
    Judge a comment by the site's policy, before any lock is taken, and save it.

    Without a proof of work it waits in any case, and no more than a few may wait so. `spend` is
    called when nothing else can refuse the comment. Raises a `Refusal`.
    """
    if trapped:
        status = Comment.Status.SPAM
    elif not verified:
        status = Comment.Status.PENDING
    else:
        status = first_status(Post(article, policy, visitor, name, email, body))
    with transaction.atomic():
        count = _locked_count(article.pk)
        # Read anew within the lock: the same post may have come twice at once, and a moderator may
        # have hidden the comment that is replied to.
        if earlier := same_post(article=article, visitor=visitor, body=body):
            return earlier
        mine = Comment.objects.of_article(article)
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
        rating = Rating.objects.filter(
            translation_key=article.translation_key, visitor=visitor
        ).first()
        comment = Comment.objects.create(
            article=article,
            parent=parent,
            name=name,
            email=email.lower(),
            body=body,
            stars=rating and rating.stars,
            status=status,
            verified=verified,
            visitor=visitor,
            network=network,
        )
        if comment.status == Comment.Status.APPROVED:
            CommentCount.objects.filter(pk=count.pk).update(
                comments=F("comments") + 1, threads=F("threads") + (0 if parent else 1)
            )
            _tell_of_comments(count)
        elif comment.status == Comment.Status.PENDING:
            _tell(article)
    return comment


def refuse_full_thread(parent: Comment | None) -> None:
    """Raise `ParentRefused` if a comment has as many replies as it can hold."""
    if parent and parent.replies.exclude(status__in=["rejected", "spam"]).count() >= MAX_REPLIES:
        raise ParentRefused(_("This comment has all the replies it can hold."))


def same_post(*, article: ArticlePage, visitor: UUID | None, body: str) -> Comment | None:
    """The comment that this visitor posted with these words a moment ago."""
    if visitor is None:
        return None
    recent = Comment.objects.filter(visitor=visitor, created_at__gte=timezone.now() - SAME_POST)
    return recent.of_article(article).filter(body=body).first()


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
        article_id=comment.article_id,
        sender=sender,
        payload=payload,
        proof_required=False,
    )
    if admission.is_verified or not comment.reports:
        report_comment(comment=comment, visitor=visitor, spend=admission.spend)
    else:
        admission.spend()
    return visitor


@transaction.atomic
def report_comment(
    *, comment: Comment, visitor: UUID, spend: Callable[[], None] = use_nothing_up
) -> None:
    """Bring a comment that readers see before the moderators; each visitor counts once."""
    report, made = CommentReport.objects.get_or_create(comment=comment, visitor=visitor)
    if made:
        spend()
        Comment.objects.filter(pk=comment.pk).update(reports=F("reports") + 1)
        _tell(comment.article)


def _tell(article):
    transaction.on_commit(lambda: comment_waits.send(ArticlePage, article=article))


@transaction.atomic
def decide(
    *, decisions: Mapping[int, str], moderator, reports: Mapping[int, int] | None = None
) -> dict[int, tuple[str, str, int]]:
    """
    Gives comments (by primary key) a status; returns what changed, as {key: (status before, status
    after, reports settled)}.

    Whoever calls has made sure that the moderator may. Each decision is in Wagtail's log, reports
    of the comment are settled by it, and the figures of its article are counted anew. When a
    decision is taken back, `reports` are those it had settled: they wait again.
    """
    keys = list(decisions)
    articles = Comment.objects.filter(pk__in=keys).values_list("article_id", flat=True)
    # Always in the same order, so that two moderators never wait for each other.
    counts = [_locked_count(pk) for pk in sorted(set(articles))]
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
        _count_anew(count)
        _tell_of_comments(count)
    return changed


def _locked_count(article_pk):
    """The figures of an article; whoever holds them is alone with its comments."""
    return CommentCount.objects.select_for_update().get_or_create(article_id=article_pk)[0]


def _tell_of_comments(count):
    """Clients that hold an article's comments find them old once this is committed."""
    CommentCount.objects.filter(pk=count.pk).update(version=F("version") + 1)
    reread(FEEDBACK, [count.article_id])


def _count_anew(count):
    """Sets locked figures to what readers see; returns whether they were wrong."""
    found = Comment.objects.filter(article_id=count.article_id).shown()
    true = found.aggregate(comments=Count("pk"), threads=Count("pk", Q(parent__isnull=True)))
    if (count.comments, count.threads) == (true["comments"], true["threads"]):
        return False
    CommentCount.objects.filter(pk=count.pk).update(**true)
    _tell_of_comments(count)
    return True


# Care for the data


def forget_ratings(*, translation_key: UUID) -> None:
    """Removes the ratings of an article whose last page is gone."""
    Rating.objects.filter(translation_key=translation_key).delete()
    ArticleRating.objects.filter(translation_key=translation_key).delete()


def recount(*, repair: bool) -> list[str]:
    """
    Compares every article's figures with its comments and ratings; returns those that differ.

    Each is named as “comments 12” (page) or “ratings <translation key>”, and mended if asked.
    """
    wrong = []
    articles = set(Comment.objects.values_list("article_id", flat=True).distinct())
    articles |= set(CommentCount.objects.values_list("article_id", flat=True))
    for pk in sorted(articles):
        with transaction.atomic():
            if _count_anew(_locked_count(pk)):
                wrong.append(f"comments {pk}")
                transaction.set_rollback(not repair)
    keys = set(Rating.objects.values_list("translation_key", flat=True).distinct())
    keys |= set(ArticleRating.objects.values_list("translation_key", flat=True))
    for key in sorted(keys):
        with transaction.atomic():
            if _rate_anew(_locked_rating(key)):
                wrong.append(f"ratings {key}")
                transaction.set_rollback(not repair)
    return wrong


def _rate_anew(figures):
    """Sets locked figures to the votes there are; returns whether they were wrong."""
    votes = Rating.objects.filter(translation_key=figures.translation_key)
    counted = dict(votes.values_list("stars").annotate(Count("pk")))
    true = {field: counted.get(stars, 0) for stars, field in STAR_FIELDS.items()}
    true["count"] = sum(true.values())
    if all(getattr(figures, name) == value for name, value in true.items()):
        return False
    ArticleRating.objects.filter(pk=figures.pk).update(**true, version=F("version") + 1)
    _tell_of_rating(figures.translation_key)
    return True


def find_person(*, email: str = "", visitor: UUID | None = None) -> QuerySet[Comment]:
    """The comments that bear an e-mail address or come from a visitor."""
    wanted = Q(pk__in=[])
    if email:
        wanted |= Q(email=email.strip().lower())
    if visitor:
        wanted |= Q(visitor=visitor)
    return Comment.objects.filter(wanted)


@transaction.atomic
def erase_comments(*, comments: Iterable[Comment], moderator=None) -> int:
    """
    Removes comments for good, for the person who wrote them; returns how many.

    One that others replied to loses all its words and data but keeps its place.
    """
    comments = {comment.pk: comment for comment in comments}
    counts = [_locked_count(pk) for pk in sorted({each.article_id for each in comments.values()})]
    for comment in comments.values():
        log(instance=comment, action="articles.comment.erase", user=moderator)
    answered = Comment.objects.filter(parent__in=comments).exclude(pk__in=comments)
    kept = set(answered.values_list("parent_id", flat=True))
    CommentReport.objects.filter(comment__in=comments).delete()
    Comment.objects.filter(pk__in=kept).update(
        name="", email="", body="", stars=None, visitor=None, network="", reports=0
    )
    Comment.objects.filter(pk__in=set(comments) - kept).delete()
    for count in counts:
        _count_anew(count)
        _tell_of_comments(count)
    return len(comments)


def erase_ratings(*, visitors: Iterable[UUID], translation_keys: Iterable[UUID] | None) -> int:
    """Removes what visitors rated and reported, on all articles or on these; returns how many."""
    votes = Rating.objects.filter(visitor__in=list(visitors))
    if translation_keys is not None:
        votes = votes.filter(translation_key__in=list(translation_keys))
    else:
        CommentReport.objects.filter(visitor__in=list(visitors)).delete()
    rows = list(votes.order_by("translation_key"))
    for row in rows:
        with transaction.atomic():
            figures = _locked_rating(row.translation_key)
            Rating.objects.filter(pk=row.pk).delete()
            _rate_anew(figures)
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
    NetworkKey.objects.filter(day__lt=today).delete()
    midnight = timezone.make_aware(datetime.combine(today, time.min))
    Rating.objects.exclude(network="").filter(created_at__lt=midnight).update(network="")
    before = timezone.now() - timedelta(days=policy.retention_days)
    known = ~Q(email="") | ~Q(network="") | Q(visitor__isnull=False)
    old = Comment.objects.of_site(policy.site).filter(known, created_at__lt=before)
    CommentReport.objects.filter(created_at__lt=before, comment__in=old.values("pk")).delete()
    return old.update(email="", network="", visitor=None)
