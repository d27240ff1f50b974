"""Menus, breadcrumbs and languages: the ways from one page to others."""

from dataclasses import dataclass, field

from django.http import Http404
from django.utils.translation import gettext as _
from wagtail.coreutils import get_content_languages
from wagtail.models import Locale, Page, Site

from .page_tree import ancestors_of
from .visibility import published


@dataclass
class MenuItem:
    """A page in the menu and those below it; `path` is its place in the page tree."""

    id: int
    title: str
    url: str
    path: str
    children: list["MenuItem"] = field(default_factory=list)


@dataclass(frozen=True)
class Breadcrumb:
    """A step on the way from the home page."""

    title: str
    url: str


@dataclass(frozen=True)
class LanguageChoice:
    """The page in one language, or that language's home page if it is not translated."""

    code: str
    name: str
    url: str
    current: bool
    translated: bool


def home_page(request, locale: Locale | None = None) -> Page | None:
    """The home page of the request's site in `locale` (the active one), or in its first language."""
    site = Site.find_for_request(request)
    if site is None:
        return None
    locale = locale or Locale.get_active()
    homes = Page.objects.filter(translation_key=site.root_page.translation_key).live()
    homes = {home.locale_id: home for home in homes}
    return homes.get(locale.pk, site.root_page)


def home_page_or_404(request) -> Page:
    """The home page as `home_page` finds it; where no site answers there is nothing to show."""
    if home := home_page(request):
        return home
    raise Http404(_("There is no site at this address."))


def menu(request, home: Page, depth: int = 2) -> list[MenuItem]:
    """The pages below `home` that editors put in menus, `depth` levels of them, as a tree."""
    pages = published(home.get_descendants()).in_menu()
    pages = pages.filter(depth__lte=home.depth + depth).order_by("path")
    roots, stack = [], []
    for page in pages:
        item = MenuItem(page.pk, page.title, page.get_url(request), page.path)
        while stack and not item.path.startswith(stack[-1].path):
            stack.pop()
        # A page whose parent is in no menu has no place in one.
        if stack or page.depth == home.depth + 1:
            (stack[-1].children if stack else roots).append(item)
            stack.append(item)
    return roots


def breadcrumbs(request, page: Page) -> list[Breadcrumb]:
    """From the home page to `page` itself, live and public steps only."""
    steps = [step for step in ancestors_of(page) if step.live and step.get_url(request)]
    return [Breadcrumb(step.title, step.get_url(request)) for step in steps] + [
        Breadcrumb(page.title, page.get_url(request) or "")
    ]


def language_choices(request, page: Page | None) -> list[LanguageChoice]:
    """Every language of the site, each with the page (or else its home page) in it."""
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
    # In the order of the settings, which begins with the source language.
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
