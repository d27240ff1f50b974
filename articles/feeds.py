"""Atom feed of articles."""

from django.contrib.syndication.views import Feed
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from wagtail.models import Locale

from headless.content.feeds import NormalisedAtomFeed, permanent_id
from headless.content.links.page_urls import cache_site_roots
from headless.content.navigation import home_page_or_404

from .models import ArticlePage, Category


class ArticleFeed(Feed):
    """Serve the newest articles of a site in the active language, optionally of one category."""

    feed_type = NormalisedAtomFeed
    shows_content_only = True
    SIZE = 20

    def get_object(self, request, category=None):
        """Return the request, the home page and the category with this slug, or None; raise 404."""
        if category:
            category = get_object_or_404(Category, slug=category, locale=Locale.get_active())
        return request, home_page_or_404(request), category

    def title(self, obj):
        request, home, category = obj
        # Not within the f-string, in which no tool finds a text to translate.
        name = category.name if category else _("News")
        return f"{home.title}: {name}"

    def link(self, obj):
        request, home, category = obj
        return home.get_full_url(request)

    def feed_guid(self, obj):
        request, home, category = obj
        of = f"articles/{category.translation_key}" if category else "articles"
        return permanent_id(home.translation_key, home.locale.language_code, of)

    def subtitle(self, obj):
        return _("The newest articles.")

    def items(self, obj):
        """Return the newest `SIZE` published articles below the home page."""
        request, home, category = obj
        articles = ArticlePage.objects.descendant_of(home).published().newest_first()
        if category:
            articles = articles.filter(category=category)
        return cache_site_roots(
            articles.select_related("category").prefetch_related("locale")[: self.SIZE]
        )

    def item_title(self, item):
        return item.title

    def item_description(self, item):
        return item.summary

    def item_link(self, item):
        return item.full_url

    def item_guid(self, item):
        return permanent_id(item.translation_key, item.locale.language_code)

    def item_author_name(self, item):
        return item.byline or None

    def item_pubdate(self, item):
        return item.published_at

    def item_updateddate(self, item):
        return item.last_published_at or item.published_at

    def item_categories(self, item):
        return [item.shown_category.name] if item.shown_category else []
