"""
What the forms below an article post to.

They have no session and no CSRF token, so that caches can hold the page they stand on. They act
for nobody but the visitor whose cookie comes along, refuse what another site sends, and answer
with a redirect to the article.
"""

from functools import wraps

from altcha_django.views import ChallengeView
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from wagtail.models import Site

from . import services
from .forms import CommentForm, RatingForm
from .limits import RETRY_AFTER, is_allowed
from .models import ArticlePage, Comment, CommentSettings
from .models.feedback import page_number_of, stars_of, thread_to_answer
from .proofs import Proof, check_proof
from .visitors import new_visitor, remember, visitor_of_cookie

COMMENTS, RATING = "#comments", "#rating"


def reader_form(anchor):
    """Decorates a view of an article that readers post to; a GET leads back to the article."""

    def decorate(view):
        @csrf_exempt
        @never_cache
        @wraps(view)
        def wrapped(request, article):
            page = article_of(request, article)
            if request.method != "POST":
                return HttpResponseRedirect(page.get_url(request) + anchor)
            refuse_other_sites(request)
            with translation.override(page.locale.language_code):
                return view(request, page)

        return wrapped

    return decorate


def article_of(request, pk) -> ArticlePage:
    """The article, if any reader of this site may see it."""
    page = get_object_or_404(ArticlePage.objects.published(), pk=pk)
    if page.get_site() != Site.find_for_request(request):
        raise Http404
    return page


def refuse_other_sites(request):
    """Raises `PermissionDenied` for a form that was sent from a page that is not ours."""
    own = f"{request.scheme}://{request.get_host()}"
    fetched = request.headers.get("Sec-Fetch-Site")
    origin = request.headers.get("Origin")
    if fetched not in (None, "same-origin") or origin not in (None, own):
        raise PermissionDenied
    # A browser too old for both still names the page it comes from.
    referer = request.headers.get("Referer")
    if fetched is None and origin is None and referer and not f"{referer}/".startswith(f"{own}/"):
        raise PermissionDenied


def network_of(request) -> str:
    return services.network_of(address=request.META.get("REMOTE_ADDR", ""))


def thanks(request, page, posted, anchor, visitor):
    """Back to the article with a message; the visitor is remembered from now on."""
    response = HttpResponseRedirect(f"{page.get_url(request)}?posted={posted}{anchor}")
    remember(response, visitor)
    return response


def again(request, page, status=422, **feedback):
    """The article once more, with what was typed and what is wrong with it."""
    context = page.get_context(request, **feedback)
    response = render(request, page.get_template(request), context, status=status)
    if status == 429:
        response["Retry-After"] = str(RETRY_AFTER)
    return response


@reader_form(COMMENTS)
def post_comment(request, page):
    policy = CommentSettings.for_request(request)
    form = CommentForm(request.POST, policy=policy)
    visitor, network = visitor_of_cookie(request), network_of(request)
    if not policy.accepts_comments(page):
        form.add_error(None, _("Comments on this article are closed."))
        return again(request, page, 403, form=form)
    if not form.is_valid():
        return again(request, page, form=form)
    if not is_allowed(request, "comment", network=network, visitor=visitor, article=page.pk):
        form.add_error(None, _("Too many comments in a short time. Please try again later."))
        return again(request, page, 429, form=form)
    written = form.cleaned_data
    proof = Proof.SOLVED
    if services.same_post(article=page, visitor=visitor, body=written["body"]) is None:
        proof = check_proof(request, written["altcha"])
    if proof == Proof.WRONG:
        form.add_error(None, wrong_proof())
        return again(request, page, form=form)
    parent = thread_to_answer(page, written["parent"])
    if written["parent"] and parent is None:
        form.add_error(None, _("The comment you reply to is no longer there."))
        return again(request, page, form=form)
    visitor = visitor or new_visitor()
    try:
        comment = services.post_comment(
            article=page,
            policy=policy,
            visitor=visitor,
            network=network,
            verified=proof == Proof.SOLVED,
            trapped=form.trapped,
            parent=parent,
            **{name: written[name] for name in ("name", "email", "body")},
        )
    except services.FeedbackFull:
        form.add_error(None, _("Too many comments are waiting. Please try again later."))
        return again(request, page, 429, form=form)
    except ValidationError as error:
        form.add_error(None, error.messages)
        return again(request, page, form=form)
    shown = comment.status == Comment.Status.APPROVED
    return thanks(request, page, "comment" if shown else "waiting", COMMENTS, visitor)


@reader_form(RATING)
def rate_article(request, page):
    policy = CommentSettings.for_request(request)
    visitor, network = visitor_of_cookie(request), network_of(request)
    form = RatingForm(request.POST)
    if not policy.ratings_open:
        return again(request, page, 403, rating_error=_("Ratings are closed."))
    if not is_allowed(request, "rating", network=network, visitor=visitor, article=page.pk):
        return again(request, page, 429, rating_error=too_many_ratings())
    if "withdraw" in request.POST:
        if visitor:
            services.withdraw_rating(article=page, visitor=visitor)
        return thanks(request, page, "withdrawn", RATING, visitor or new_visitor())
    if not form.is_valid():
        return again(request, page, rating_error=form.errors["stars"][0])
    stars = form.cleaned_data["stars"]
    proof = Proof.SOLVED
    if stars_of(page, visitor) is None:
        proof = check_proof(request, request.POST.get("altcha", ""))
    if proof == Proof.WRONG:
        return again(request, page, rating_error=wrong_proof(), mine=stars)
    visitor = visitor or new_visitor()
    try:
        services.rate_article(
            article=page,
            visitor=visitor,
            stars=stars,
            network="" if proof == Proof.SOLVED else network,
        )
    except services.FeedbackFull:
        return again(request, page, 429, rating_error=counted_already(), mine=stars)
    return thanks(request, page, "rating", RATING, visitor)


@csrf_exempt
@never_cache
def report_comment(request, comment):
    comment = shown_comment(request, comment)
    page = comment.article
    if request.method != "POST":
        return HttpResponseRedirect(address_of(request, comment))
    refuse_other_sites(request)
    visitor, network = visitor_of_cookie(request), network_of(request)
    if not is_allowed(request, "report", network=network, visitor=visitor, article=page.pk):
        with translation.override(page.locale.language_code):
            notice = _("Too many reports in a short time. Try again later.")
            return again(request, page, 429, notice=notice)
    visitor = visitor or new_visitor()
    services.report_comment(comment=comment, visitor=visitor)
    return thanks(request, page, "report", COMMENTS, visitor)


@never_cache
def show_comment(request, comment):
    """A comment's lasting address: leads to the page of its article that it stands on now."""
    return HttpResponseRedirect(address_of(request, shown_comment(request, comment)))


def shown_comment(request, pk) -> Comment:
    comment = get_object_or_404(Comment.objects.shown().select_related("parent"), pk=pk)
    comment.article = article_of(request, comment.article_id)
    return comment


def address_of(request, comment):
    number = page_number_of(comment)
    query = f"?comments={number}" if number > 1 else ""
    return f"{comment.article.get_url(request)}{query}#{comment.anchor}"


class ReaderChallengeView(ChallengeView):
    """A fresh challenge for the reader's device; who asks too often waits."""

    @staticmethod
    def ratelimit(request):
        return is_allowed(request, "challenge", network=network_of(request))


def wrong_proof():
    return _("The verification failed or has expired. Please try again.")


def too_many_ratings():
    return _("Too many ratings in a short time. Please try again later.")


def counted_already():
    return _(
        "A rating without the verification code counts once a day from each network, and one has "
        "been counted today. Turn on JavaScript, or try again tomorrow."
    )
