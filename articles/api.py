"""Operations on articles in API v3."""

from datetime import datetime, time, timedelta
from typing import Literal, NotRequired

from django.http import Http404, HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import Query, Schema
from pydantic import Field
from typing_extensions import TypedDict
from wagtail.models import Locale, Site

from directives.models import Citation, DirectivePage
from headless.api.block_types import documented
from headless.api.fields import (
    PortalFeedback,
    PortalImage,
    PortalTerm,
    describe_image,
    describe_term,
)
from headless.api.pagination import PortalPagination, paginate_queryset
from headless.api.problems import unprocessable
from headless.api.query_parameters import (
    Day,
    LocaleParameter,
    PageId,
    SiteParameter,
    requested_locale,
    requested_site,
)
from headless.api.routers import PortalRouter
from headless.content.links.page_urls import cache_site_roots
from headless.content.search import MAX_QUERY_LENGTH, filter_by_search
from headless.content.sites import in_locale, published_on
from headless.extending import page_figures

from .models import ArticlePage, Category, Tag
from .querysets import ArticleQuerySet

router = PortalRouter(tags=["articles"])

ORDERS = {"newest": ["-published_at", "-pk"], "oldest": ["published_at", "pk"]}


class PortalArticleCard(TypedDict):
    """
    An article as lists show it.

    `updated_at` is the time of the last change if that is on a later day than `published_at`. The
    figures in `feedback`, present where the app `feedback` is installed, may be as old as caches
    allow; current ones are at `/pages/{id}/rating/`.
    """

    id: int
    type: Literal["civic_articles.ArticlePage"]
    title: str
    slug: str
    url: str | None
    locale: str
    summary: str
    cover: PortalImage | None
    byline: str
    source: str
    published_at: datetime
    updated_at: datetime | None
    category: PortalTerm | None
    tags: list[PortalTerm]
    feedback: NotRequired[PortalFeedback]


class PortalArticles(TypedDict):
    """
    A part of a list of articles; `count` is the length of the whole list.

    `next_cursor` leads to the next part, None after the last one.
    """

    count: int
    items: list[PortalArticleCard]
    next_cursor: str | None


class PortalArticleFilters(Schema):
    """Filters of a list of articles; an omitted filter does not narrow the list."""

    q: str = Field(
        "", max_length=MAX_QUERY_LENGTH, description="Words, with or without diacritics."
    )
    category: str = Field("", max_length=100, description="The `code` of a category.")
    tag: str = Field("", max_length=100, description="The `code` of a tag.")
    published_from: Day | None = Field(None, description="The first day, in the site's time zone.")
    published_to: Day | None = Field(None, description="The last day, in the site's time zone.")
    cites: PageId | None = Field(
        None, description="The id of an official document that the articles cite."
    )
    order: Literal[tuple(ORDERS)] = "newest"


def site_articles(site: Site) -> ArticleQuerySet:
    """Return the live, public articles of a site in all its languages."""
    return published_on(site, ArticlePage)


def get_article_or_404(request, article_id: int, site: str) -> ArticlePage:
    """Return the live, public article of the site with this id; raise 404 for any other id."""
    pages = site_articles(requested_site(request, site))
    article = pages.filter(pk=article_id).first() if 0 < article_id < 2**63 else None
    if article is None:
        raise Http404(_("There is no such article."))
    return article


def apply_filters(
    articles: ArticleQuerySet, asked: PortalArticleFilters, site: Site, locale: Locale
) -> ArticleQuerySet:
    """
    Return the articles that match `asked`, in the requested order.

    Raises a 422 problem for a reversed date range or for a term or document that does not exist.
    """
    first, last = asked.published_from, asked.published_to
    if first and last and first > last:
        raise unprocessable("query", "published_to", _("The last day lies before the first."))
    if asked.q:
        articles = filter_by_search(articles, asked.q)
    if asked.category:
        category = Category.objects.filter(slug=asked.category, locale=locale).first()
        if category is None:
            raise unprocessable("query", "category", _("There is no such category."))
        articles = articles.filter(category=category)
    if asked.tag:
        tag = Tag.objects.filter(slug=asked.tag).first()
        if tag is None:
            raise unprocessable("query", "tag", _("There is no such tag."))
        articles = articles.filter(tagged_items__tag=tag)
    if first:
        articles = articles.filter(published_at__gte=_midnight(first))
    if last:
        articles = articles.filter(published_at__lt=_midnight(last + timedelta(days=1)))
    if asked.cites:
        articles = articles.filter(pk__in=_citing(asked.cites, site))
    return articles.order_by(*ORDERS[asked.order])


def _midnight(day):
    return timezone.make_aware(datetime.combine(day, time.min))


def _citing(directive_id, site):
    directive = published_on(site, DirectivePage).filter(pk=directive_id).first()
    if directive is None:
        raise unprocessable("query", "cites", _("There is no such official document."))
    citing = Citation.objects.filter(directive__translation_key=directive.translation_key)
    return citing.values("source")


def describe_cards(articles: list[ArticlePage]) -> list[PortalArticleCard]:
    """Return the cards of articles read with `for_api`."""
    figures = page_figures(articles)
    return [_describe(article, figures[article.pk]) for article in cache_site_roots(articles)]


def _describe(article, figures) -> PortalArticleCard:
    category = article.shown_category
    return {
        "id": article.pk,
        "type": article._meta.label,
        "title": article.title,
        "slug": article.slug,
        "url": article.full_url,
        "locale": article.locale.language_code,
        "summary": article.summary,
        "cover": describe_image(article.cover, article.cover_alt),
        "byline": article.byline,
        "source": article.source,
        "published_at": article.published_at,
        "updated_at": article.updated_at,
        "category": describe_term(category) if category else None,
        "tags": [describe_term(row.tag) for row in article.tagged_items.all()],
        **figures,
    }


@router.get(
    "/articles/",
    response=documented(PortalArticles),
    operation_id="portal_articles_list",
    summary="List articles as cards, the newest first",
)
def list_articles(
    request: HttpRequest,
    asked: Query[PortalArticleFilters],
    pagination: Query[PortalPagination],
    site: SiteParameter,
    locale: LocaleParameter,
):
    """Return a window of the articles in one language that match the filters."""
    site = requested_site(request, site)
    locale = requested_locale(site, locale)
    articles = apply_filters(in_locale(site_articles(site), locale), asked, site, locale)
    part = paginate_queryset(request, articles.for_api(), pagination)
    return part | {"items": describe_cards(part["items"])}


@router.get(
    "/articles/{article_id}/related/",
    response=documented(list[PortalArticleCard]),
    operation_id="portal_articles_related",
    summary="The articles to read after one: those an editor chose, then others up to three",
)
def list_related(request: HttpRequest, article_id: int, site: SiteParameter):
    """Return the cards of related articles; 404 for an unknown article."""
    chosen = [page.pk for page in get_article_or_404(request, article_id, site).related()]
    cards = ArticlePage.objects.for_api().in_bulk(chosen)
    return describe_cards([cards[pk] for pk in chosen])
