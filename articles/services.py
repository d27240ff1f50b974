"""What readers and moderators do: each write with a rule, for the site and the API alike."""

import hashlib
import hmac
import ipaddress
import secrets
from collections.abc import Iterable, Mapping
from datetime import datetime, time, timedelta
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Count, F, Q, QuerySet
from django.dispatch import Signal
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from headless.changes import reread

from .judgement import Post, first_status
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
from .models.feedback import FEEDBACK
from .models.ratings import STAR_FIELDS, STARS

# How many unverified comments may wait on one article, and replies stand below one comment.
UNVERIFIED_WAITING = 20
MAX_REPLIES = 50
# A second post of the same words within this time is the same post: a double click.
SAME_POST = timedelta(minutes=10)

LOG_ACTIONS = {
    Comment.Status.PENDING: "articles.comment.reopen",
    Comment.Status.APPROVED: "articles.comment.approve",
    Comment.Status.REJECTED: "articles.comment.reject",
    Comment.Status.SPAM: "articles.comment.spam",
}

# Sent with `article` when a comment has come that a moderator should look at.
comment_waits = Signal()


class FeedbackFull(Exception):
    """There is no room for more of this kind; try again later."""


def network_of(*, address: str) -> str:
    """
    A hash of the network a request came from that nobody can turn back once the day is over.

    A network is an IPv4 address or the first half of an IPv6 one. The key is random, made on the
    day's first use, which also deletes those of earlier days.
    """
    try:
        parsed = ipaddress.ip_address(address)
        parsed = getattr(parsed, "ipv4_mapped", None) or parsed
        bits = 32 if parsed.version == 4 else 64
        network = str(ipaddress.ip_network((parsed, bits), strict=False))
    except ValueError:
        # A server behind a socket that tells no address: all its readers are one network.
        network = "unknown"
    secret = _todays_secret().encode()
    return hmac.new(secret, network.encode(), hashlib.sha256).hexdigest()[:32]


def _todays_secret():
    today = timezone.localdate()
    key = NetworkKey.objects.filter(day=today).first()
    if key is None:
        key, made = NetworkKey.objects.get_or_create(
            day=today, defaults={"secret": secrets.token_hex(32)}
        )
        NetworkKey.objects.filter(day__lt=today).delete()
    return key.secret


# Ratings


@transaction.atomic
def rate_article(
    *, article: ArticlePage, visitor: UUID, stars: int, network: str = ""
) -> ArticleRating:
    """
    Gives an article a visitor's stars, or changes those given before; its figures move along.

    `network` is given for a first vote without the verification code: of those one a network and
    day counts, another raises `FeedbackFull`.
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
            raise FeedbackFull from error
        changes["count"] = 1
    elif rating.stars == stars:
        return figures
    else:
        changes[STAR_FIELDS[rating.stars]] = -1
        Rating.objects.filter(pk=rating.pk).update(stars=stars, changed_at=timezone.now())
    _add(figures, changes)
    _show_stars(article, visitor, stars)
    return figures


@transaction.atomic
def withdraw_rating(*, article: ArticlePage, visitor: UUID) -> ArticleRating:
    """Takes a visitor's stars back, if there are any."""
    figures = _locked_rating(article.translation_key)
    rating = Rating.objects.filter(translation_key=article.translation_key, visitor=visitor).first()
    if rating:
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


@transaction.atomic
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
) -> Comment:
    """
    Adds a comment that was judged by `CommentForm`; the site's policy says whether it shows now.

    Without a solved code it waits in any case, and no more than a few may wait so. `trapped` is
    who filled in the field that people do not see.
    """
    count = _locked_count(article.pk)
    if earlier := same_post(article=article, visitor=visitor, body=body):
        return earlier
    mine = Comment.objects.of_article(article)
    if parent is not None:
        # Read anew within the lock: a moderator may have hidden it a moment ago.
        parent = mine.approved().threads().filter(pk=parent.pk).first()
        if parent is None:
            raise ValidationError({"parent": _("This comment cannot be replied to.")})
        if parent.replies.exclude(status__in=["rejected", "spam"]).count() >= MAX_REPLIES:
            raise ValidationError({"parent": _("This comment has all the replies it can hold.")})
    unverified = mine.filter(status="pending", verified=False)
    if not (verified or trapped) and unverified.count() >= UNVERIFIED_WAITING:
        raise FeedbackFull
    if trapped:
        status = Comment.Status.SPAM
    elif not verified:
        status = Comment.Status.PENDING
    else:
        status = first_status(Post(article, policy, visitor, name, email, body))
    rating = Rating.objects.filter(translation_key=article.translation_key, visitor=visitor).first()
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


def same_post(*, article: ArticlePage, visitor: UUID | None, body: str) -> Comment | None:
    """The comment that this visitor posted with these words a moment ago."""
    if visitor is None:
        return None
    recent = Comment.objects.filter(visitor=visitor, created_at__gte=timezone.now() - SAME_POST)
    return recent.of_article(article).filter(body=body).first()


@transaction.atomic
def report_comment(*, comment: Comment, visitor: UUID) -> None:
    """Brings a comment that readers see before the moderators; each visitor counts once."""
    report, made = CommentReport.objects.get_or_create(comment=comment, visitor=visitor)
    if made:
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


def forget_readers(*, policy: CommentSettings) -> int:
    """
    Clears what is known of the readers behind a site's old comments; returns how many it was.

    Also clears, for all sites, what served for one day: networks of votes, and their keys.
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
