"""Menus, breadcrumbs and language choices of a site."""

from dataclasses import dataclass, field

from django.http import Http404
from django.utils.translation import gettext as _
from wagtail.coreutils import get_content_languages
from wagtail.models import Locale, Page, Site

from .page_tree import ancestors_of
from .visibility import published


@dataclass
class MenuItem:
    """A page in the menu with its children; `path` is its path in the page tree."""

    id: int
    title: str
    url: str
    path: str
    children: list["MenuItem"] = field(default_factory=list)


@dataclass(frozen=True)
class Breadcrumb:
    """A page between the home page and the current one."""

    title: str
    url: str


@dataclass(frozen=True)
class LanguageChoice:
    """The page's translation in one language, or that language's home page if there is none."""

    code: str
    name: str
    url: str
    current: bool
    translated: bool


def home_page(request, locale: Locale | None = None) -> Page | None:
    """
    Return the home page of the request's site in `locale`, else the site's root page.

    `locale` defaults to the active one. Return None if no site matches the request.
    """
    site = Site.find_for_request(request)
    if site is None:
        return None
    locale = locale or Locale.get_active()
    homes = Page.objects.filter(translation_key=site.root_page.translation_key).live()
    homes = {home.locale_id: home for home in homes}
    return homes.get(locale.pk, site.root_page)


def home_page_or_404(request) -> Page:
    """Return the home page as `home_page` does; raise `Http404` if no site matches the request."""
    if home := home_page(request):
        return home
    raise Http404(_("There is no site at this address."))


def menu(request, home: Page, depth: int = 2) -> list[MenuItem]:
    """
    Return the published descendants of `home` that are shown in menus, as a tree of `depth` levels.
    """
    pages = published(home.get_descendants()).in_menu()
    pages = pages.filter(depth__lte=home.depth + depth).order_by("path")
    roots, stack = [], []
    for page in pages:
        item = MenuItem(page.pk, page.title, page.get_url(request), page.path)
        while stack and not item.path.startswith(stack[-1].path):
            stack.pop()
        # A page whose parent is not in the menu is left out as well.
        if stack or page.depth == home.depth + 1:
            (stack[-1].children if stack else roots).append(item)
            stack.append(item)
    return roots


def breadcrumbs(request, page: Page) -> list[Breadcrumb]:
    """
    Return the breadcrumbs from the home page to `page` inclusive, without unpublished ancestors.
    """
    steps = [step for step in ancestors_of(page) if step.live and step.get_url(request)]
    return [Breadcrumb(step.title, step.get_url(request)) for step in steps] + [
        Breadcrumb(page.title, page.get_url(request) or "")
    ]


def language_choices(request, page: Page | None) -> list[LanguageChoice]:
    """
    Return a choice for each language of the site, with the translation of `page` or a home page.
    """
    site = Site.find_for_request(request)
    if site is None:
        return []
    active = page.locale if page else Locale.get_active()
    keys = {site.root_page.translation_key}
    if page:
        keys.add(page.translation_key)
    found = published(Page.objects.filter(translation_key__in=keys)).select_related("locale")
    locales = {each.locale_id: each.locale for each in found}
    found = {(each.translation_key, each.locale_id): each for each in found}
    choices = []
    # Sorted as in WAGTAIL_CONTENT_LANGUAGES, which begins with the source language.
    order = list(get_content_languages())
    for locale in sorted(locales.values(), key=lambda each: order.index(each.language_code)):
        home = found.get((site.root_page.translation_key, locale.pk))
        same = found.get((page.translation_key, locale.pk)) if page else None
        if target := same or home:
            choices.append(
                LanguageChoice(
                    code=locale.language_code,
                    name=locale.get_display_name(),
                    url=target.get_url(request),
                    current=locale == active,
                    translated=same is not None,
                )
            )
    return choices
