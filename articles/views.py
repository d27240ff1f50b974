"""
What the forms below an article post to.

They have no session and no CSRF token, so that caches can hold the page they stand on. They act
for nobody but the visitor whose cookie comes along, refuse what another site sends, and answer
with a redirect to the article.
"""

from functools import wraps

from altcha_django.views import ChallengeView
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.utils import translation
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from wagtail.models import Site

from . import services
from .admission import Sender
from .forms import CommentForm, RatingForm
from .models import ArticlePage, Comment, CommentSettings
from .models.feedback import page_number_of
from .refusals import Refusal
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


def sender_of(request) -> Sender:
    return Sender(visitor_of_cookie(request), request.META.get("REMOTE_ADDR", ""))


def thanks(request, page, posted, anchor, visitor):
    """Back to the article with a message; the visitor is remembered from now on."""
    response = HttpResponseRedirect(f"{page.get_url(request)}?posted={posted}{anchor}")
    remember(response, visitor)
    return response


def again(request, page, refusal=None, **feedback):
    """The article once more, with what was typed and what is wrong with it."""
    context = page.get_context(request, **feedback)
    status = refusal.status if refusal else 422
    response = render(request, page.get_template(request), context, status=status)
    if refusal and refusal.retry_after:
        response["Retry-After"] = str(refusal.retry_after)
    return response


@reader_form(COMMENTS)
def post_comment(request, page):
    policy = CommentSettings.of_site(page.get_site())
    form = CommentForm(request.POST, policy=policy)
    if not form.is_valid():
        return again(request, page, form=form)
    written = form.cleaned_data
    try:
        comment = services.submit_comment(
            request,
            article=page,
            policy=policy,
            sender=sender_of(request),
            draft=services.Draft(
                name=written["name"],
                email=written["email"],
                body=written["body"],
                parent=written["parent"],
                payload=written["altcha"],
                trapped=form.trapped,
            ),
            proof_required=False,
        )
    except Refusal as refusal:
        form.add_error(None, refusal.message)
        return again(request, page, refusal, form=form)
    shown = comment.status == Comment.Status.APPROVED
    return thanks(request, page, "comment" if shown else "waiting", COMMENTS, comment.visitor)


@reader_form(RATING)
def rate_article(request, page):
    sender = sender_of(request)
    form = RatingForm(request.POST)
    stars = None
    try:
        if "withdraw" in request.POST:
            if sender.visitor:
                services.submit_withdrawal(article=page, sender=sender)
            return thanks(request, page, "withdrawn", RATING, sender.visitor or new_visitor())
        if not form.is_valid():
            return again(request, page, rating_error=form.errors["stars"][0])
        stars = form.cleaned_data["stars"]
        vote = services.submit_rating(
            request,
            article=page,
            policy=CommentSettings.of_site(page.get_site()),
            sender=sender,
            stars=stars,
            payload=request.POST.get("altcha", ""),
            proof_required=False,
        )
    except Refusal as refusal:
        return again(request, page, refusal, rating_error=refusal.message, mine=stars)
    return thanks(request, page, "rating", RATING, vote.visitor)


@csrf_exempt
@never_cache
def report_comment(request, comment):
    comment = shown_comment(request, comment)
    page = comment.article
    if request.method != "POST":
        return HttpResponseRedirect(address_of(request, comment))
    refuse_other_sites(request)
    with translation.override(page.locale.language_code):
        try:
            visitor = services.submit_report(
                request,
                comment=comment,
                sender=sender_of(request),
                payload=request.POST.get("altcha", ""),
            )
        except Refusal as refusal:
            return again(request, page, refusal, notice=refusal.message)
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

    def get(self, request, *args, **kwargs):
        try:
            services.limit_challenges(sender=sender_of(request))
        except Refusal as refusal:
            headers = {"Retry-After": str(refusal.retry_after)}
            return HttpResponse(status=refusal.status, headers=headers)
        return super().get(request, *args, **kwargs)
