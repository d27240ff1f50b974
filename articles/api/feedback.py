"""
Readers' comments and ratings in API v3.

A client says who its reader is by the header `X-Portal-Visitor`, with the token that each write
answers; cookies count for nothing here. The rules are those of the site's own forms.
"""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from altcha_django.verifiers import get_verifier
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from ninja import Body, Header, Query, Schema, Status
from ninja.errors import HttpError
from ninja.errors import ValidationError as RequestError
from pydantic import ConfigDict, Field
from typing_extensions import TypedDict
from wagtail.api.v3.errors import ProblemDetail

from headless.addresses import absolute
from headless.errors import problem, too_many, unprocessable
from headless.listing import PortalWindow, cut
from headless.parameters import SiteParameter
from headless.routers import PortalRouter
from headless.schemas import documented

from .. import services
from ..forms import CommentForm
from ..limits import RETRY_AFTER, is_allowed
from ..models import Comment, CommentSettings
from ..models.feedback import depend_on_feedback, rating_of, stars_of, thread_to_answer
from ..proofs import Proof, check_proof
from ..visitors import new_visitor, token_of, visitor_of_token
from .articles import article_of

router = PortalRouter(tags=["readers"])

VisitorToken = Annotated[str, Header(alias="X-Portal-Visitor", default="", max_length=200)]
WRITE_PROBLEMS = {403: ProblemDetail, 429: ProblemDetail}


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
        return absolute(reverse("comment", args=[obj.pk]))


class PortalComment(PortalReply):
    """An approved comment with its approved replies, oldest first. Plain text, line breaks count."""

    replies: list[PortalReply]

    @staticmethod
    def resolve_replies(obj):
        return obj.shown_replies


class PortalComments(Schema):
    """A part of the comments on an article; `count` is how many there are, replies left out."""

    count: int
    items: list[PortalComment]


class PortalNewComment(Schema):
    """What a reader writes; `altcha` is the solution of a challenge, `parent` a comment replied to."""

    model_config = ConfigDict(extra="forbid")

    name: str
    body: str
    email: str = ""
    parent: int | None = Field(None, ge=1, lt=2**63)
    altcha: str = ""


class PortalPostedComment(Schema):
    """What became of a comment, and the token to send as `X-Portal-Visitor` from now on."""

    id: int
    status: Literal[tuple(Comment.Status.values)]
    visitor: str


class PortalStars(Schema):
    """How many stars a reader gives; `altcha` is needed for the first vote on an article."""

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
    """How readers rate an article; `mine` is what the visitor of the token gave."""

    count: int
    average: float | None
    distribution: list[PortalStarCount]
    mine: int | None


class PortalMyRating(PortalRating):
    """The same after a vote, with the token to send as `X-Portal-Visitor` from now on."""

    visitor: str


def visitor_of(token: str) -> UUID | None:
    """The visitor of a token, None without one; a token that is not ours is a 422."""
    if not token:
        return None
    visitor = visitor_of_token(token)
    if visitor is None:
        raise unprocessable("header", "X-Portal-Visitor", _("This token is not valid."))
    return visitor


def require_proof(request, payload: str) -> None:
    if check_proof(request, payload) != Proof.SOLVED:
        message = _("The verification failed or has expired. Please try again.")
        raise unprocessable("body", "altcha", message, "verification")


def network_of(request) -> str:
    return services.network_of(address=request.META.get("REMOTE_ADDR", ""))


@router.get(
    "/articles/{article_id}/comments/",
    response={200: PortalComments},
    summary="Approved comments on an article, newest first, replies nested",
    operation_id="portal_comments_list",
)
def list_comments(
    request: HttpRequest,
    article_id: int,
    window: Query[PortalWindow],
    site: SiteParameter,
    order: Literal["newest", "oldest"] = "newest",
):
    article = article_of(request, article_id, site)
    depend_on_feedback(article)
    found = Comment.objects.of_article(article).approved().threads().with_replies()
    found = found.oldest_first() if order == "oldest" else found.newest_first()
    count, threads = cut(found, window)
    return {"count": count, "items": threads}


@router.post(
    "/articles/{article_id}/comments/",
    response={201: PortalPostedComment, **WRITE_PROBLEMS},
    summary="Comment on an article, or reply to a comment",
    operation_id="portal_comments_create",
)
def post_comment(
    request: HttpRequest,
    article_id: int,
    written: Body[PortalNewComment],
    token: VisitorToken,
    site: SiteParameter,
):
    article = article_of(request, article_id, site)
    policy = CommentSettings.for_site(article.get_site())
    if not policy.accepts_comments(article):
        raise HttpError(403, _("Comments on this article are closed."))
    visitor, network = visitor_of(token), network_of(request)
    form = CommentForm({**written.dict(), "parent": written.parent or ""}, policy=policy)
    if not form.is_valid():
        raise RequestError(
            [
                problem("body", name, error.message % (error.params or {}), error.code)
                for name, errors in form.errors.as_data().items()
                for error in errors
            ]
        )
    parent = thread_to_answer(article, written.parent)
    if written.parent and parent is None:
        message = _("The comment you reply to is no longer there.")
        raise unprocessable("body", "parent", message)
    if not is_allowed(request, "comment", network=network, visitor=visitor, article=article.pk):
        return too_many(
            _("Too many comments in a short time. Please try again later."), RETRY_AFTER
        )
    words = {name: form.cleaned_data[name] for name in ("name", "email", "body")}
    if services.same_post(article=article, visitor=visitor, body=words["body"]) is None:
        require_proof(request, written.altcha)
    visitor = visitor or new_visitor()
    try:
        comment = services.post_comment(
            article=article,
            policy=policy,
            visitor=visitor,
            network=network,
            verified=True,
            parent=parent,
            **words,
        )
    except ValidationError as error:
        raise RequestError([problem("body", "parent", m) for m in error.messages]) from error
    return Status(201, {"id": comment.pk, "status": comment.status, "visitor": token_of(visitor)})


@router.get(
    "/articles/{article_id}/rating/",
    response={200: PortalRating},
    summary="How readers rate an article, in all its languages",
    operation_id="portal_rating_get",
)
def get_rating(
    request: HttpRequest,
    article_id: int,
    token: VisitorToken,
    site: SiteParameter,
    response: HttpResponse,
):
    article = article_of(request, article_id, site)
    visitor = visitor_of(token)
    if visitor:
        response["Cache-Control"] = "private, no-store"
    depend_on_feedback(article)
    return describe(rating_of(article), stars_of(article, visitor))


@router.put(
    "/articles/{article_id}/rating/",
    response={200: PortalMyRating, **WRITE_PROBLEMS},
    summary="Rate an article, or change the rating",
    operation_id="portal_rating_put",
)
def put_rating(
    request: HttpRequest,
    article_id: int,
    given: Body[PortalStars],
    token: VisitorToken,
    site: SiteParameter,
):
    article = article_of(request, article_id, site)
    if not CommentSettings.for_site(article.get_site()).ratings_open:
        raise HttpError(403, _("Ratings are closed."))
    visitor, network = visitor_of(token), network_of(request)
    if not is_allowed(request, "rating", network=network, visitor=visitor, article=article.pk):
        return too_many(_("Too many ratings in a short time. Please try again later."), RETRY_AFTER)
    if stars_of(article, visitor) is None:
        require_proof(request, given.altcha)
    visitor = visitor or new_visitor()
    figures = services.rate_article(article=article, visitor=visitor, stars=given.stars)
    return describe(figures, given.stars) | {"visitor": token_of(visitor)}


@router.delete(
    "/articles/{article_id}/rating/",
    response={200: PortalRating, **WRITE_PROBLEMS},
    summary="Withdraw the rating of the token's visitor",
    operation_id="portal_rating_delete",
)
def delete_rating(request: HttpRequest, article_id: int, token: VisitorToken, site: SiteParameter):
    article = article_of(request, article_id, site)
    visitor = visitor_of(token)
    if visitor is None:
        raise unprocessable("header", "X-Portal-Visitor", _("A token is needed."))
    if not is_allowed(request, "rating", network=network_of(request), visitor=visitor):
        return too_many(_("Too many ratings in a short time. Please try again later."), RETRY_AFTER)
    return describe(services.withdraw_rating(article=article, visitor=visitor), None)


@router.get(
    "/challenge/",
    response={200: documented(PortalChallenge), 429: ProblemDetail},
    summary="A challenge to solve for a verification code (ALTCHA, proof of work)",
    operation_id="portal_challenge",
)
def get_challenge(request: HttpRequest, response: HttpResponse):
    if not is_allowed(request, "challenge", network=network_of(request)):
        return too_many(
            _("Too many requests in a short time. Please try again later."), RETRY_AFTER
        )
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
