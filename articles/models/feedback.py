"""What an article's page shows of its readers: figures, comments and the two forms."""

from dataclasses import dataclass, field

from django.core.paginator import InvalidPage, Paginator
from django.core.paginator import Page as PaginatedPage
from django.db.models import OuterRef, Subquery, Value
from django.db.models.functions import Coalesce
from django.http import Http404
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.models import Page, Site

from headless.caching import depends_on
from headless.metadata import json_ld

from ..forms import CommentForm, FeedbackForm
from ..visitors import visitor_of_cookie
from .comments import Comment, CommentCount
from .ratings import STARS, ArticleRating, Rating
from .settings import CommentSettings

PER_PAGE = 20
FEEDBACK = "feedback"

# What `?posted=` may say after a form was sent.
MESSAGES = {
    "comment": gettext_lazy("Thank you. Your comment is published."),
    "waiting": gettext_lazy(
        "Thank you. Your comment has arrived and will appear once a moderator has approved it."
    ),
    "rating": gettext_lazy("Thank you for your rating."),
    "withdrawn": gettext_lazy("Your rating was withdrawn."),
    "report": gettext_lazy("Thank you. A moderator will look at the comment."),
}
ABOUT_RATINGS = {"rating", "withdrawn"}


class CountedPaginator(Paginator):
    """A paginator that is told how many there are."""

    def __init__(self, *args, count, **kwargs):
        super().__init__(*args, **kwargs)
        self.count = count


@dataclass
class Feedback:
    """
    All that the includes `rating.html` and `comments.html` print.

    `mine` (the visitor's stars) is known only after a form was sent: a page that caches may hold
    is the same for everybody.
    """

    article: object
    address: str
    policy: CommentSettings
    rating: ArticleRating
    count: int
    threads: PaginatedPage
    order: str
    comments_open: bool
    ratings_open: bool
    form: CommentForm
    reply_to: Comment | None = None
    posted: str = ""
    mine: int | None = None
    rating_error: str = ""
    notice: str = ""
    stars: tuple = field(default=STARS)

    @property
    def comment_message(self):
        return "" if self.posted in ABOUT_RATINGS else MESSAGES.get(self.posted, "")

    @property
    def rating_message(self):
        return MESSAGES[self.posted] if self.posted in ABOUT_RATINGS else ""

    @cached_property
    def structured_data(self):
        """Ratings and the comments of this page for search engines; "" where there are none."""
        data = {}
        if self.rating.count:
            data["aggregateRating"] = {
                "@type": "AggregateRating",
                "ratingValue": self.rating.average,
                "ratingCount": self.rating.count,
                "bestRating": max(STARS),
                "worstRating": min(STARS),
            }
        if self.count:
            data["commentCount"] = self.count
            data["comment"] = [_describe(each) for each in self.threads if not each.is_erased]
        if not data:
            return ""
        return json_ld({"@type": "NewsArticle", "@id": self.article.full_url, **data})


def _describe(comment):
    return {
        "@type": "Comment",
        "text": comment.body,
        "dateCreated": comment.created_at.isoformat(),
        "author": {"@type": "Person", "name": comment.name},
    }


def feedback_of(request, article, *, form=None, rating_error="", mine=None, notice="") -> Feedback:
    """What readers said of `article`, as the request asks for it; a page not there is a 404."""
    asked = FeedbackForm(request.GET)
    if not asked.is_valid():
        raise Http404(_("There is no such page."))
    site = Site.find_for_request(request)
    policy = CommentSettings.of_site(site)
    posted = request.GET.get("posted", "")
    posted = posted if posted in MESSAGES else ""
    if posted in ABOUT_RATINGS:
        mine = stars_of(article, visitor_of_cookie(request))
    open_now = bool(article.pk and article.live and not article.alias_of_id)
    order = asked.cleaned_data["order"] or "newest"
    count = count_of(article)
    threads = threads_of(article, count.threads, order, asked.cleaned_data["comments"] or 1)
    parent = form["parent"].value() if form else request.GET.get("reply", "")
    reply_to = thread_to_answer(article, parent)
    return Feedback(
        article=article,
        address=article.get_url(request) or "",
        policy=policy,
        rating=rating_of(article),
        count=count.comments,
        threads=threads,
        order=order,
        comments_open=open_now and policy.accepts_comments(article),
        ratings_open=open_now and policy.ratings_open,
        form=form or CommentForm(policy=policy, initial={"parent": reply_to and reply_to.pk}),
        reply_to=reply_to,
        posted=posted,
        mine=mine,
        rating_error=rating_error,
        notice=notice,
    )


def feedback_versions(keys):
    """The articles by these primary keys with `live_version`, which rises with their feedback."""
    ratings = ArticleRating.objects.filter(translation_key=OuterRef("translation_key"))
    counts = CommentCount.objects.filter(article_id=OuterRef("pk"))
    versions = [Coalesce(Subquery(rows.values("version")), 0) for rows in (ratings, counts)]
    return Page.objects.filter(pk__in=list(keys)).annotate(live_version=sum(versions, Value(0)))


def depend_on_feedback(article) -> None:
    """Says that the answer at hand shows what readers said of `article`, before it is read."""
    version = feedback_versions([article.pk]).values_list("live_version", flat=True).first()
    depends_on(FEEDBACK, article.pk, version or 0)


def count_of(article) -> CommentCount:
    """How many comments on an article readers see."""
    if count := getattr(article, "_comment_count", None):
        return count
    return CommentCount.objects.filter(article_id=article.pk or 0).first() or CommentCount()


def rating_of(article) -> ArticleRating:
    """The figures of an article, zeros where nobody rated it."""
    if rating := getattr(article, "_rating", None):
        return rating
    found = ArticleRating.objects.filter(translation_key=article.translation_key).first()
    return found or ArticleRating()


def figures_of(articles) -> dict[int, dict]:
    """What readers make of each article in numbers, by its id, in two queries."""
    read_figures(articles)
    return {article.pk: article.feedback_figures() for article in articles}


def read_figures(articles) -> None:
    """Reads the figures of all `articles` at once, for `count_of` and `rating_of`."""
    counts = CommentCount.objects.filter(article__in=[each.pk for each in articles])
    counts = {count.article_id: count for count in counts}
    keys = {each.translation_key for each in articles}
    ratings = ArticleRating.objects.filter(translation_key__in=keys)
    ratings = {rating.translation_key: rating for rating in ratings}
    for article in articles:
        article._comment_count = counts.get(article.pk) or CommentCount()
        article._rating = ratings.get(article.translation_key) or ArticleRating()


def stars_of(article, visitor) -> int | None:
    """What a visitor gave an article."""
    if visitor is None:
        return None
    mine = Rating.objects.filter(translation_key=article.translation_key, visitor=visitor)
    return mine.values_list("stars", flat=True).first()


def threads_of(article, count, order, number) -> PaginatedPage:
    """A page of the comments on an article, with their replies."""
    found = Comment.objects.of_article(article).approved().threads().with_replies()
    found = found.oldest_first() if order == "oldest" else found.newest_first()
    try:
        return CountedPaginator(found, PER_PAGE, count=count).page(number)
    except InvalidPage as error:
        raise Http404(_("There is no such page.")) from error


def thread_to_answer(article, key) -> Comment | None:
    """The comment of the article that `key` names, if it may be replied to."""
    key = str(key or "")
    if not (key.isascii() and key.isdigit() and len(key) < 19):
        return None
    return Comment.objects.of_article(article).approved().threads().filter(pk=key).first()


def page_number_of(comment) -> int:
    """On which page of its article, newest first, the thread of a comment stands."""
    thread = comment.parent or comment
    threads = Comment.objects.of_article(comment.article).approved().threads()
    newer = threads.filter(created_at__gt=thread.created_at).count()
    same = threads.filter(created_at=thread.created_at, pk__gt=thread.pk).count()
    return (newer + same) // PER_PAGE + 1
