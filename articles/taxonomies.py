"""Terms of articles for the API's taxonomies."""

from wagtail.models import Locale, Site

from headless.content.sites import published_on
from headless.content.taxonomies import counted_terms

from .models import ArticlePage, Category, Tag


def used_categories(site: Site, locale: Locale) -> list[dict]:
    """
    Return the categories of a language, each with its number of published articles on the site.
    """
    articles = published_on(site, ArticlePage).filter(locale=locale)
    return counted_terms(Category.objects.filter(locale=locale), articles, "category")


def used_tags(site: Site, locale: Locale) -> list[dict]:
    """Return the tags of published articles on the site in a language, each with their number."""
    articles = published_on(site, ArticlePage).filter(locale=locale)
    tags = Tag.objects.filter(tagged_articles__content_object__in=articles).distinct()
    return counted_terms(tags.order_by("name"), articles, "tagged_items__tag")
