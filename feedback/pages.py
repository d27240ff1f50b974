"""Which pages have comments and ratings, and the settings of their site."""

from collections.abc import Sequence

from wagtail.models import Page, Site

from headless.content.requests.current_request import get_current_request
from headless.content.requests.render_state import current_state
from headless.content.visibility import published
from headless.extending import feedback_offer

from .counts.figures import FEEDBACK, read_figures
from .models import CommentSettings

POLICIES = "comment_settings"


def has_feedback(model: type[Page]) -> bool:
    """Return whether a page type is registered for comments or ratings (`register_feedback`)."""
    return feedback_offer(model) is not None


def get_public_page(pk: int, site: Site) -> Page | None:
    """Return the specific public page of `site` with this key; None if there is none with feedback."""
    page = published(Page.objects.filter(pk=pk)).first()
    if page is None or not page.specific_class or not has_feedback(page.specific_class):
        return None
    return page.specific if _site_id(page) == site.pk else None


def policy_of(page: Page) -> CommentSettings:
    """Return the settings of a page's site, read once a response; defaults for a page of no site."""
    state = current_state()
    known = state.prefetched.setdefault(POLICIES, {}) if state else {}
    site_id = _site_id(page)
    if site_id not in known:
        known[site_id] = CommentSettings.of_site(site_id)
    return known[site_id]


def _site_id(page):
    parts = page.get_url_parts(get_current_request())
    return parts[0] if parts else None


def prefetch_feedback(pages: Sequence[Page]) -> None:
    """Prefetch counts and feedback modes of `pages` for the fields of API v2, in one query."""
    shown = [page for page in pages if has_feedback(type(page))]
    state = current_state()
    if state and shown:
        state.prefetched.setdefault(FEEDBACK, {}).update(read_figures(shown))
