"""The XML sitemap of a site."""

from collections import defaultdict

from wagtail.contrib.sitemaps import Sitemap
from wagtail.models import Page

from headless.content.navigation import home_page_or_404
from headless.content.visibility import published


class PortalSitemap(Sitemap):
    """
    List all live, public pages of a site in every language, with their translations as alternates.
    """

    # The protocol's maximum for one file.
    limit = 50_000
    protocol = None

    def items(self):
        """Return the published pages below the home pages of all languages."""
        root = home_page_or_404(self.request)
        homes = Page.objects.filter(translation_key=root.translation_key).live()
        pages = Page.objects.none()
        for home in homes:
            pages |= Page.objects.descendant_of(home, inclusive=True)
        return published(pages).select_related("locale").order_by("path")

    def _urls(self, page, protocol, domain):
        pages = list(self.paginator.page(page).object_list)
        translations = defaultdict(list)
        keys = {page.translation_key for page in pages}
        for each in self.items().filter(translation_key__in=keys):
            translations[each.translation_key].append(each)
        return [
            {
                "location": each.get_full_url(self.request),
                "lastmod": self.lastmod(each),
                "alternates": [
                    {
                        "lang_code": other.locale.language_code,
                        "location": other.get_full_url(self.request),
                    }
                    for other in translations[each.translation_key]
                ],
            }
            for each in pages
        ]
