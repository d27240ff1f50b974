"""Atom feed of official documents."""

import datetime

from django.contrib.syndication.views import Feed
from django.utils import timezone
from django.utils.translation import gettext as _

from headless.content.feeds import NormalisedAtomFeed, permanent_id
from headless.content.links.page_urls import cache_site_roots
from headless.content.navigation import home_page_or_404

from .models import DirectivePage


class DirectiveFeed(Feed):
    """Serve the newest official documents of a site in the active language."""

    feed_type = NormalisedAtomFeed
    shows_content_only = True
    SIZE = 20

    def get_object(self, request):
        """Return the request and the home page; raise 404 without one."""
        return request, home_page_or_404(request)

    def title(self, obj):
        request, home = obj
        name = _("Official documents")
        return f"{home.title}: {name}"

    def link(self, obj):
        request, home = obj
        return home.get_full_url(request)

    def feed_guid(self, obj):
        request, home = obj
        return permanent_id(home.translation_key, home.locale.language_code, "directives")

    def subtitle(self, obj):
        return _("The newest official documents.")

    def items(self, obj):
        """Return the newest `SIZE` published documents below the home page."""
        request, home = obj
        directives = DirectivePage.objects.descendant_of(home).published().newest_first()
        return cache_site_roots(
            directives.select_related("document_type").prefetch_related("locale")[: self.SIZE]
        )

    def item_title(self, item):
        return item.title

    def item_description(self, item):
        return item.subject

    def item_link(self, item):
        return item.full_url

    def item_guid(self, item):
        return permanent_id(item.translation_key, item.locale.language_code)

    def item_pubdate(self, item):
        midnight = datetime.datetime.combine(item.issued_on, datetime.time.min)
        return timezone.make_aware(midnight)

    def item_updateddate(self, item):
        return item.last_published_at

    def item_categories(self, item):
        return [item.document_type.name]
