"""The pages that take part in comments and ratings, and the policy of their site."""

from collections.abc import Sequence

from wagtail.models import Page, Site

from headless.content.current_request import get_current_request
from headless.content.render_state import current_state
from headless.content.visibility import published
from headless.extending import feedback_offer

from .counts.figures import FEEDBACK, read_figures
from .models import CommentSettings

POLICIES = "comment_settings"


def takes_part(model: type[Page]) -> bool:
    """Return whether pages of a type can be commented on or rated."""
    return feedback_offer(model) is not None


def page_for_readers(pk: int, site: Site) -> Page | None:
    """Return a page that any reader of `site` may see and that takes part, of its own type."""
    page = published(Page.objects.filter(pk=pk)).first()
    if page is None or not page.specific_class or not takes_part(page.specific_class):
        return None
    return page.specific if _site_id(page) == site.pk else None


def policy_of(page: Page) -> CommentSettings:
    """Return how the site of a page deals with its readers, the defaults for a page of no site."""
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
    """Read at once what the fields of API v2 tell of all `pages`: figures, and what is open."""
    shown = [page for page in pages if takes_part(type(page))]
    state = current_state()
    if state and shown:
        state.prefetched.setdefault(FEEDBACK, {}).update(read_figures(shown))
