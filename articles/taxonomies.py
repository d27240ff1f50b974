"""The terms by which a site's articles are found."""

from wagtail.models import Locale, Site

from headless.content.sites import published_on
from headless.content.taxonomies import counted_terms

from .models import ArticlePage, Category, Tag


def used_categories(site: Site, locale: Locale) -> list[dict]:
    """The categories of a language with how many articles of the site each has."""
    articles = published_on(site, ArticlePage).filter(locale=locale)
    return counted_terms(Category.objects.filter(locale=locale), articles, "category")


def used_tags(site: Site, locale: Locale) -> list[dict]:
    """The tags that articles of the site have in a language; of others a reader is told nothing."""
    articles = published_on(site, ArticlePage).filter(locale=locale)
    tags = Tag.objects.filter(tagged_articles__content_object__in=articles).distinct()
    return counted_terms(tags.order_by("name"), articles, "tagged_items__tag")
