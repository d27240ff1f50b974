"""
Views that the forms below a page post to.

They use neither sessions nor CSRF tokens, so that caches can store the pages with the forms. They
act only for the visitor of the signed cookie, refuse cross-site requests, and redirect to the page.
"""

from functools import wraps

from altcha_django.views import ChallengeView
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.utils import translation
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from wagtail.models import Page, Site

from . import services
from .models import Comment
from .page_feedback import feedback_of, page_number_of
from .pages import get_public_page, policy_of
from .submission.admission import Sender
from .submission.anonymous_visitors import new_visitor, set_visitor_cookie, visitor_of_cookie
from .submission.forms import CommentForm, RatingForm
from .submission.refusals import Refusal

COMMENTS, RATING = "#comments", "#rating"


def reader_form(anchor):
    """Decorate a view that readers post to: find the page, refuse other sites; redirect a GET to it."""

    def decorate(view):
        @csrf_exempt
        @never_cache
        @wraps(view)
        def wrapped(request, page):
            page = page_of(request, page)
            if request.method != "POST":
                return HttpResponseRedirect(page.get_url(request) + anchor)
            refuse_other_sites(request)
            with translation.override(page.locale.language_code):
                return view(request, page)

        return wrapped

    return decorate


def page_of(request, pk: int) -> Page:
    """Return the public page of this site that has feedback; raise `Http404` for any other."""
    page = get_public_page(pk, Site.find_for_request(request))
    if page is None:
        raise Http404
    return page


def refuse_other_sites(request):
    """Raise `PermissionDenied` for a cross-site request (CSRF)."""
    own = f"{request.scheme}://{request.get_host()}"
    fetched = request.headers.get("Sec-Fetch-Site")
    origin = request.headers.get("Origin")
    if fetched not in (None, "same-origin") or origin not in (None, own):
        raise PermissionDenied
    # Old browsers send neither header, but a referrer.
    referer = request.headers.get("Referer")
    if fetched is None and origin is None and referer and not f"{referer}/".startswith(f"{own}/"):
        raise PermissionDenied


def sender_of(request) -> Sender:
    return Sender(visitor_of_cookie(request), request.META.get("REMOTE_ADDR", ""))


def redirect_with_message(request, page, posted, anchor, visitor):
    """Redirect to the page with the message `posted`, and set the visitor's cookie."""
    response = HttpResponseRedirect(f"{page.get_url(request)}?posted={posted}{anchor}")
    set_visitor_cookie(response, visitor)
    return response


def render_refused(request, page, refusal=None, **feedback):
    """Render the page with the refused form, its errors, and the status of the refusal or 422."""
    context = page.get_context(request)
    context["feedback"] = feedback_of(request, page, **feedback)
    status = refusal.status if refusal else 422
    response = render(request, page.get_template(request), context, status=status)
    if refusal and refusal.retry_after:
        response["Retry-After"] = str(refusal.retry_after)
    return response


@reader_form(COMMENTS)
def post_comment(request, page):
    form = CommentForm(request.POST, policy=policy_of(page))
    if not form.is_valid():
        return render_refused(request, page, form=form)
    try:
        comment = services.submit_comment(
            request,
            page=page,
            sender=sender_of(request),
            draft=form.draft,
            proof_required=False,
        )
    except Refusal as refusal:
        form.add_error(None, refusal.message)
        return render_refused(request, page, refusal, form=form)
    posted = "comment" if comment.status == Comment.Status.APPROVED else "waiting"
    if form.draft.stars and comment.status == Comment.Status.PENDING and comment.stars is None:
        posted = "unrated"
    return redirect_with_message(request, page, posted, COMMENTS, comment.visitor)


@reader_form(RATING)
def rate_page(request, page):
    if "withdraw" in request.POST:
        return withdraw_rating(request, page)
    form = RatingForm(request.POST)
    if not form.is_valid():
        return render_refused(request, page, rating_error=form.errors["stars"][0])
    stars = form.cleaned_data["stars"]
    try:
        vote = services.rate_page(
            request,
            page=page,
            sender=sender_of(request),
            stars=stars,
            payload=request.POST.get("altcha", ""),
            proof_required=False,
        )
    except Refusal as refusal:
        return render_refused(request, page, refusal, rating_error=refusal.message, mine=stars)
    return redirect_with_message(request, page, "rating", RATING, vote.visitor)


def withdraw_rating(request, page):
    sender = sender_of(request)
    if sender.visitor:
        try:
            services.withdraw_rating(page=page, sender=sender)
        except Refusal as refusal:
            return render_refused(request, page, refusal, rating_error=refusal.message)
    return redirect_with_message(
        request, page, "withdrawn", RATING, sender.visitor or new_visitor()
    )


@csrf_exempt
@never_cache
def report_comment(request, comment):
    comment = get_shown_comment(request, comment)
    page = comment.page
    if request.method != "POST":
        return HttpResponseRedirect(comment_url(request, comment))
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
            return render_refused(request, page, refusal, notice=refusal.message)
    return redirect_with_message(request, page, "report", COMMENTS, visitor)


@never_cache
def show_comment(request, comment):
    """Redirect a comment's permalink to the page of comments that it is on now."""
    return HttpResponseRedirect(comment_url(request, get_shown_comment(request, comment)))


def get_shown_comment(request, pk) -> Comment:
    comment = get_object_or_404(Comment.objects.shown().select_related("parent"), pk=pk)
    comment.page = page_of(request, comment.page_id)
    return comment


def comment_url(request, comment):
    number = page_number_of(comment)
    query = f"?comments={number}" if number > 1 else ""
    return f"{comment.page.get_url(request)}{query}#{comment.anchor}"


class ReaderChallengeView(ChallengeView):
    """Answer with a new proof-of-work challenge, within the rate limit of the network."""

    def get(self, request, *args, **kwargs):
        try:
            services.limit_challenges(sender=sender_of(request))
        except Refusal as refusal:
            headers = {"Retry-After": str(refusal.retry_after)}
            return HttpResponse(status=refusal.status, headers=headers)
        return super().get(request, *args, **kwargs)
