"""
Buttons of wagtail-localize 1.14 in lists of pages, which cost three queries a page.

For each page of a list it asks for the languages that the page lacks and for the source of its
translations, and Wagtail asks its cache for the addresses of sites. No issue is reported yet.
"""

from functools import wraps

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.http import urlencode
from wagtail import hooks
from wagtail.admin.views.generic.base import BaseListingView
from wagtail.admin.widgets import ListingButton
from wagtail.models import Locale, Page

from ..content.links.page_urls import cache_site_roots
from ..content.requests.render_state import current_state, request_state

KIND = "page-buttons"
HOOK = "register_page_listing_more_buttons"


def install() -> None:
    """Read for all pages of a list what their buttons ask."""
    from wagtail_localize import wagtail_hooks

    stock = wagtail_hooks.page_listing_more_buttons
    hooks._hooks[HOOK] = [
        (_with_prefetched(function) if function is stock else function, order)
        for function, order in hooks._hooks[HOOK]
    ]
    BaseListingView.paginate_queryset = _prefetching(BaseListingView.paginate_queryset)


def _prefetching(paginate_queryset):
    @wraps(paginate_queryset)
    def paginate(self, queryset, page_size):
        paginator, listed, rows, has_others = paginate_queryset(self, queryset, page_size)
        if paginator is not None and issubclass(getattr(queryset, "model", None) or object, Page):
            # Remains a queryset, of which a report asks more: it keeps the rows that are read here.
            request_state(self.request).prefetched[KIND] = _read(cache_site_roots(rows))
        return paginator, listed, rows, has_others

    return paginate


def _read(pages) -> dict[int, tuple[bool, int | None]]:
    """Return by id whether a page lacks a language, and the source of its translations, if any."""
    from wagtail_localize.models import Translation, TranslationSource

    keys = {page.translation_key for page in pages}
    locales = set(Locale.objects.values_list("pk", flat=True))
    there: dict = {}
    translations = Page.objects.filter(translation_key__in=keys, alias_of=None).order_by()
    for key, locale in translations.values_list("translation_key", "locale"):
        there.setdefault(key, set()).add(locale)
    enabled = Translation.objects.filter(source=OuterRef("pk"), enabled=True)
    sources = {
        (source.object_id, source.locale_id): source.pk
        for source in TranslationSource.objects.filter(Exists(enabled), object__in=keys)
    }
    return {
        page.pk: (
            bool(locales - there.get(page.translation_key, set())),
            sources.get((page.translation_key, page.locale_id)),
        )
        for page in pages
    }


def _with_prefetched(stock):
    @wraps(stock)
    def page_listing_more_buttons(page, user, view_name=None, next_url=None):
        state = current_state()
        known = state and state.prefetched.get(KIND, {}).get(page.pk)
        if not known:
            yield from stock(page, user, view_name=view_name, next_url=next_url)
            return
        lacks_language, source = known
        if page.is_root() or not user.has_perm("wagtail_localize.submit_translation"):
            return
        if lacks_language:
            address = reverse(
                "wagtail_localize:submit_page_translation", args=[page.alias_of_id or page.pk]
            )
            yield ListingButton(
                _text("Translate this page"),
                address,
                priority=60,
                icon_name="wagtail-localize-language",
            )
        if source is not None:
            address = reverse("wagtail_localize:update_translations", args=[source])
            if next_url is not None:
                address += "?" + urlencode({"next": next_url})
            yield ListingButton(
                _text("Sync translated pages"), address, priority=60, icon_name="resubmit"
            )

    return page_listing_more_buttons


def _text(words):
    from wagtail_localize.wagtail_hooks import _

    return _(words)
