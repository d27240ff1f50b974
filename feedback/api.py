"""
Readers' comments and ratings in API v3.

A client says who its reader is by the header `X-Portal-Visitor`, with the token that each write
answers; cookies count for nothing here. The rules are those of the site's own forms.
"""

from datetime import datetime
from functools import wraps
from typing import Annotated, Literal
from uuid import UUID

from altcha_django.verifiers import get_verifier
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from ninja import Body, Header, Query, Schema, Status
from ninja.errors import ValidationError as RequestError
from pydantic import ConfigDict, Field
from typing_extensions import TypedDict
from wagtail.api.v3.errors import ProblemDetail
from wagtail.models import Page

from headless.api.block_types import documented
from headless.api.pagination import PortalPagination, paginate_queryset
from headless.api.problems import problem_entry, problem_with_status, unprocessable
from headless.api.query_parameters import SiteParameter, requested_site
from headless.api.routers import PortalRouter
from headless.content.links.absolute_urls import absolute_url

from . import services
from .counts.figures import depend_on_feedback, figures_of
from .feeds import CommentFeed
from .models import Comment
from .page_feedback import stars_of
from .pages import get_public_page, policy_of
from .submission.admission import Sender
from .submission.anonymous_visitors import token_of, visitor_of_token
from .submission.forms import CommentForm
from .submission.refusals import Refusal, WrongProof

router = PortalRouter(tags=["readers"])

VisitorToken = Annotated[str, Header(alias="X-Portal-Visitor", default="", max_length=200)]
ATOM = {"application/atom+xml": {"schema": {"type": "string"}}}
WRITE_PROBLEMS = {403: ProblemDetail, 429: ProblemDetail, 503: ProblemDetail}


class PortalReply(Schema):
    """A reply to a comment; `name` and `body` are empty if its author had them erased."""

    id: int
    name: str
    body: str
    stars: int | None
    created_at: datetime
    url: str

    @staticmethod
    def resolve_url(obj):
        return absolute_url(reverse("civic_feedback:comment", args=[obj.pk]))


class PortalComment(PortalReply):
    """An approved comment with its approved replies, oldest first. Plain text, line breaks count."""

    replies: list[PortalReply]

    @staticmethod
    def resolve_replies(obj):
        return obj.shown_replies


class PortalComments(Schema):
    """
    A part of the comments on a page; `count` is how many there are, replies left out.

    `next_cursor` leads to the next part, None after the last one.
    """

    count: int
    items: list[PortalComment]
    next_cursor: str | None


class PortalNewComment(Schema):
    """
    What a reader writes; `altcha` is the solution of a challenge, `parent` a comment replied to.

    `stars` are the reader's rating of the page: they replace those that the visitor gave before.
    """

    model_config = ConfigDict(extra="forbid")

    name: str
    body: str
    email: str = ""
    stars: int | None = Field(None, ge=1, le=5)
    parent: int | None = Field(None, ge=1, lt=2**63)
    altcha: str = ""


class PortalPostedComment(Schema):
    """What became of a comment, and the token to send as `X-Portal-Visitor` from now on."""

    id: int
    status: Literal[tuple(Comment.Status.values)]
    visitor: str


class PortalStars(Schema):
    """How many stars a reader gives; `altcha` is needed for the first vote on a page."""

    model_config = ConfigDict(extra="forbid")

    stars: int = Field(ge=1, le=5)
    altcha: str = ""


class PortalChallengeParameters(TypedDict):
    """How to look for the solution of a challenge; `expiresAt` in seconds since 1970."""

    algorithm: str
    cost: int
    keyLength: int
    keyPrefix: str
    nonce: str
    salt: str
    expiresAt: int


class PortalChallenge(TypedDict):
    """A challenge of ALTCHA; its widgets and libraries take it as it is."""

    parameters: PortalChallengeParameters
    signature: str


class PortalStarCount(Schema):
    """How many readers gave so many stars."""

    stars: int
    count: int


class PortalRating(Schema):
    """How readers rate a page; `mine` is what the visitor of the token gave."""

    count: int
    average: float | None
    distribution: list[PortalStarCount]
    mine: int | None


class PortalMyRating(PortalRating):
    """The same after a vote, with the token to send as `X-Portal-Visitor` from now on."""

    visitor: str


def visitor_of(token: str) -> UUID | None:
    """Return the visitor of a token, None without one; raise a 422 for a token that is not ours."""
    if not token:
        return None
    visitor = visitor_of_token(token)
    if visitor is None:
        raise unprocessable("header", "X-Portal-Visitor", _("This token is not valid."))
    return visitor


def sender_of(request, token: str) -> Sender:
    return Sender(visitor_of(token), request.META.get("REMOTE_ADDR", ""))


def translate_refusals(view):
    """Decorate an operation: answer what a service refuses with a problem of the same status."""

    @wraps(view)
    def translating(request, *args, **kwargs):
        try:
            return view(request, *args, **kwargs)
        except Refusal as refusal:
            if refusal.field:
                kind = "verification" if isinstance(refusal, WrongProof) else "value_error"
                raise unprocessable("body", refusal.field, refusal.message, kind) from refusal
            return problem_with_status(refusal.status, refusal.message, refusal.retry_after)

    return translating


def page_of(request, page_id: int, site: str) -> Page:
    """Return a live, public page of the site that takes part; raise `Http404` for any other."""
    found = 0 < page_id < 2**63 and get_public_page(page_id, requested_site(request, site))
    if not found:
        raise Http404(_("There is no such page."))
    return found


@router.get(
    "/pages/{page_id}/comments/",
    response={200: PortalComments},
    summary="Approved comments on a page, newest first, replies nested",
    operation_id="portal_comments_list",
)
def list_comments(
    request: HttpRequest,
    page_id: int,
    pagination: Query[PortalPagination],
    site: SiteParameter,
    order: Literal["newest", "oldest"] = "newest",
):
    page = page_of(request, page_id, site)
    depend_on_feedback(page)
    found = Comment.objects.of_page(page).approved().threads().with_replies()
    found = found.oldest_first() if order == "oldest" else found.newest_first()
    return paginate_queryset(request, found, pagination, kept=False)


@router.post(
    "/pages/{page_id}/comments/",
    response={201: PortalPostedComment, **WRITE_PROBLEMS},
    summary="Comment on a page, with stars or without, or reply to a comment",
    operation_id="portal_comments_create",
)
@translate_refusals
def post_comment(
    request: HttpRequest,
    page_id: int,
    written: Body[PortalNewComment],
    token: VisitorToken,
    site: SiteParameter,
):
    page = page_of(request, page_id, site)
    form = CommentForm(
        {name: value for name, value in written.dict().items() if value is not None},
        policy=policy_of(page),
    )
    if not form.is_valid():
        raise RequestError(
            [
                problem_entry("body", name, error.message % (error.params or {}), error.code)
                for name, errors in form.errors.as_data().items()
                for error in errors
            ]
        )
    comment = services.submit_comment(
        request,
        page=page,
        sender=sender_of(request, token),
        draft=form.draft,
        proof_required=True,
    )
    visitor = token_of(comment.visitor)
    return Status(201, {"id": comment.pk, "status": comment.status, "visitor": visitor})


@router.get(
    "/pages/{page_id}/comments/feed/",
    response={200: None},
    summary="The newest comments on a page as an Atom feed",
    operation_id="portal_comments_feed",
    openapi_extra={"responses": {200: {"content": ATOM}}},
)
def get_feed(request: HttpRequest, page_id: int, site: SiteParameter):
    page = page_of(request, page_id, site)
    depend_on_feedback(page)
    return CommentFeed()(request, page=page.pk)


@router.get(
    "/pages/{page_id}/rating/",
    response={200: PortalRating},
    summary="How readers rate a page, in all its languages",
    operation_id="portal_rating_get",
)
def get_rating(
    request: HttpRequest,
    page_id: int,
    token: VisitorToken,
    site: SiteParameter,
    response: HttpResponse,
):
    page = page_of(request, page_id, site)
    visitor = visitor_of(token)
    if visitor:
        response["Cache-Control"] = "private, no-store"
    depend_on_feedback(page)
    return describe(figures_of(page).rating, stars_of(page, visitor))


@router.put(
    "/pages/{page_id}/rating/",
    response={200: PortalMyRating, **WRITE_PROBLEMS},
    summary="Rate a page, or change the rating",
    operation_id="portal_rating_put",
)
@translate_refusals
def put_rating(
    request: HttpRequest,
    page_id: int,
    given: Body[PortalStars],
    token: VisitorToken,
    site: SiteParameter,
):
    vote = services.rate_page(
        request,
        page=page_of(request, page_id, site),
        sender=sender_of(request, token),
        stars=given.stars,
        payload=given.altcha,
        proof_required=True,
    )
    return describe(vote.figures, given.stars) | {"visitor": token_of(vote.visitor)}


@router.delete(
    "/pages/{page_id}/rating/",
    response={200: PortalRating, **WRITE_PROBLEMS},
    summary="Withdraw the rating of the token's visitor",
    operation_id="portal_rating_delete",
)
@translate_refusals
def delete_rating(request: HttpRequest, page_id: int, token: VisitorToken, site: SiteParameter):
    page = page_of(request, page_id, site)
    sender = sender_of(request, token)
    if sender.visitor is None:
        raise unprocessable("header", "X-Portal-Visitor", _("A token is needed."))
    return describe(services.withdraw_rating(page=page, sender=sender), None)


@router.get(
    "/challenge/",
    response={200: documented(PortalChallenge), 429: ProblemDetail, 503: ProblemDetail},
    summary="A challenge to solve for a verification code (ALTCHA, proof of work)",
    operation_id="portal_challenge",
)
@translate_refusals
def get_challenge(request: HttpRequest, response: HttpResponse):
    services.limit_challenges(sender=sender_of(request, ""))
    response["Cache-Control"] = "no-store"
    return get_verifier(None).get_challenge(request=request)


def describe(figures, mine) -> dict:
    return {
        "count": figures.count,
        "average": figures.average,
        "distribution": [
            {"stars": stars, "count": count} for stars, count in figures.distribution.items()
        ],
        "mine": mine,
    }
