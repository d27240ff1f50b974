"""Find the published translations of pages."""

from collections.abc import Iterable

from wagtail.models import Locale, Page, PageQuerySet

from .links.page_urls import cache_site_roots
from .visibility import has_view_restriction, published


def published_translations(
    pages: Iterable[Page], locale_id: int | None = None, among: PageQuerySet | None = None
) -> list[Page]:
    """
    Return the published translation of each of `pages`, or the page itself, in their order.

    `pages` are of one type. Each is replaced by its translation into `locale_id` (the active locale
    by default) if that is published, else it is kept if it is published itself, else left out.
    Costs one query for any number of pages; `among` is the queryset to read from, for instance with
    `select_related`.
    """
    pages = [page for page in pages if page is not None]
    if not pages:
        return []
    if locale_id is None:
        locale_id = Locale.get_active().pk
    keys = {page.translation_key for page in pages}
    found = {}
    originals = {page.pk for page in pages}
    among = type(pages[0]).objects.all() if among is None else among
    for page in published(among.filter(translation_key__in=keys)):
        if page.locale_id == locale_id:
            found[page.translation_key] = page
        elif page.pk in originals:
            found.setdefault(page.translation_key, page)
    return cache_site_roots(
        found[page.translation_key] for page in pages if page.translation_key in found
    )


def pages_with_translations(
    ids: Iterable[int], locale_id: int | None = None, among: PageQuerySet | None = None
) -> dict[int, tuple[Page, Page | None]]:
    """
    Return by id each existing page with its published translation, None if there is neither.

    The translation is chosen as in `published_translations`. Pages and translations are read in one
    query.
    """
    ids = set(ids)
    if not ids:
        return {}
    if locale_id is None:
        locale_id = Locale.get_active().pk
    keys = Page.objects.filter(pk__in=ids).order_by().values("translation_key")
    among = Page.objects.all() if among is None else among
    found = among.filter(translation_key__in=keys).annotate(is_restricted=has_view_restriction())
    found, shown = cache_site_roots(found), {}
    for page in found:
        if not page.live or page.is_restricted or page.alias_of_id:
            continue
        if page.locale_id == locale_id:
            shown[page.translation_key] = page
        elif page.pk in ids:
            shown.setdefault(page.translation_key, page)
    return {page.pk: (page, shown.get(page.translation_key)) for page in found if page.pk in ids}
