"""Template context of the feedback below a page: figures, comments and both forms."""

from dataclasses import dataclass, field

from django.core.paginator import InvalidPage, Paginator
from django.core.paginator import Page as PaginatedPage
from django.http import Http404
from django.template.loader import render_to_string
from django.utils.functional import cached_property
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.models import Page

from headless.content.metadata import json_ld
from headless.extending import feedback_offer

from .counts.figures import figures_of
from .models import Comment, CommentSettings, FeedbackMode, PageRating, Rating
from .models.ratings import STARS
from .pages import has_feedback, policy_of
from .submission.anonymous_visitors import visitor_of_cookie
from .submission.forms import CommentForm, FeedbackForm

PER_PAGE = 20

# What `?posted=` may say after a form was sent.
MESSAGES = {
    "comment": gettext_lazy("Thank you. Your comment is published."),
    "waiting": gettext_lazy(
        "Thank you. Your comment has arrived and will appear once a moderator has approved it."
    ),
    "unrated": gettext_lazy(
        "Thank you. Your comment has arrived and will appear once a moderator has approved it. Your "
        "stars do not count: without the verification code, one rating a day counts from each "
        "network."
    ),
    "rating": gettext_lazy("Thank you for your rating."),
    "withdrawn": gettext_lazy("Your rating was withdrawn."),
    "report": gettext_lazy("Thank you. A moderator will look at the comment."),
}
ABOUT_RATINGS = {"rating", "withdrawn"}


class CountedPaginator(Paginator):
    """A paginator with a stored count, which saves a query."""

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

    page: Page
    address: str
    policy: CommentSettings
    rating: PageRating
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
    def shows_rating(self):
        """Whether to show ratings: the page has some or is open to them."""
        return self.ratings_open or bool(self.rating.count or self.rating_error)

    @property
    def shows_comments(self):
        """Whether to show comments: the page has some, or its type is registered for them."""
        offered = feedback_offer(type(self.page)).comments
        told = self.comment_message or self.notice or self.form.is_bound
        return offered or self.comments_open or bool(self.count or told)

    @property
    def comment_message(self):
        return "" if self.posted in ABOUT_RATINGS else MESSAGES.get(self.posted, "")

    @property
    def rating_message(self):
        return MESSAGES[self.posted] if self.posted in ABOUT_RATINGS else ""

    @cached_property
    def structured_data(self):
        """JSON-LD of ratings and shown comments for search engines; "" without any."""
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
        kind = feedback_offer(type(self.page)).schema_type
        return json_ld({"@type": kind, "@id": self.page.full_url, **data})


def _describe(comment):
    return {
        "@type": "Comment",
        "text": comment.body,
        "dateCreated": comment.created_at.isoformat(),
        "author": {"@type": "Person", "name": comment.name},
    }


def feedback_of(request, page, *, form=None, rating_error="", mine=None, notice="") -> Feedback:
    """
    Return the feedback of `page` for the order and page number in the query string.

    Keyword arguments describe a refused form: the form, its error, the chosen stars and a notice.
    Raises `Http404` for an invalid query string or a page of comments that does not exist.
    """
    asked = FeedbackForm(request.GET)
    if not asked.is_valid():
        raise Http404(_("There is no such page."))
    policy = policy_of(page)
    posted = request.GET.get("posted", "")
    posted = posted if posted in MESSAGES else ""
    if posted in ABOUT_RATINGS:
        mine = stars_of(page, visitor_of_cookie(request))
    open_now = bool(page.pk and page.live and not page.alias_of_id)
    order = asked.cleaned_data["order"] or "newest"
    figures, mode = figures_of(page), FeedbackMode.of(page)
    threads = threads_of(page, figures.count.threads, order, asked.cleaned_data["comments"] or 1)
    parent = form["parent"].value() if form else request.GET.get("reply", "")
    reply_to = find_parent_comment(page, parent)
    return Feedback(
        page=page,
        address=page.get_url(request) or "",
        policy=policy,
        rating=figures.rating,
        count=figures.count.comments,
        threads=threads,
        order=order,
        comments_open=open_now and policy.accepts_comments(page, mode),
        ratings_open=open_now and policy.accepts_ratings(page, mode),
        form=form or CommentForm(policy=policy, initial={"parent": reply_to and reply_to.pk}),
        reply_to=reply_to,
        posted=posted,
        mine=mine,
        rating_error=rating_error,
        notice=notice,
    )


def is_shown(page: Page) -> bool:
    """Return whether a page shows feedback; previews of new pages do not."""
    return has_feedback(type(page)) and page.pk is not None


def render_feedback(context, page: Page) -> SafeString:
    """Render ratings, comments and their forms below a page, for the tag `page_parts`."""
    request = context["request"]
    feedback = context.get("feedback") or feedback_of(request, page)
    return render_to_string("civic_feedback/feedback.html", {"feedback": feedback}, request)


def stars_of(page, visitor) -> int | None:
    """Return the stars that a visitor gave a page, None if none."""
    if visitor is None:
        return None
    mine = Rating.objects.filter(translation_key=page.translation_key, visitor=visitor)
    return mine.values_list("stars", flat=True).first()


def threads_of(page, count, order, number) -> PaginatedPage:
    """Return one page of the comments on a page, with their replies."""
    found = Comment.objects.of_page(page).approved().threads().with_replies()
    found = found.oldest_first() if order == "oldest" else found.newest_first()
    try:
        return CountedPaginator(found, PER_PAGE, count=count).page(number)
    except InvalidPage as error:
        raise Http404(_("There is no such page.")) from error


def find_parent_comment(page, key) -> Comment | None:
    """Return the page's approved thread with this primary key, as text; None if there is none."""
    key = str(key or "")
    if not (key.isascii() and key.isdigit() and len(key) < 19):
        return None
    return Comment.objects.of_page(page).approved().threads().filter(pk=key).first()


def page_number_of(comment) -> int:
    """Return the page number, newest first, of the thread that contains a comment."""
    thread = comment.parent or comment
    threads = Comment.objects.of_page(comment.page).approved().threads()
    newer = threads.filter(created_at__gt=thread.created_at).count()
    same = threads.filter(created_at=thread.created_at, pk__gt=thread.pk).count()
    return (newer + same) // PER_PAGE + 1
