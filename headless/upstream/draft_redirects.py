"""
Redirects from addresses that no reader has seen.

Wagtail makes a redirect with each change of a slug, of drafts too: with autosave, from every working
title. https://github.com/wagtail/wagtail/issues/12582 and
https://github.com/wagtail/wagtail/issues/13978, both in 8.0.1.
"""

from functools import wraps

from wagtail.contrib.redirects import signal_handlers
from wagtail.contrib.redirects.models import Redirect
from wagtail.log_actions import registry
from wagtail.models import Page


def install() -> None:
    """Let the automatic redirects of a page begin only at addresses that readers may have seen."""
    urls_of = signal_handlers._page_urls_for_sites

    @wraps(urls_of)
    def seen_urls_of(page, sites, cache_target):
        return urls_of(page, sites, cache_target) if was_seen(page) else set()

    signal_handlers._page_urls_for_sites = seen_urls_of


def was_seen(page: Page) -> bool:
    """
    Tell whether readers may have seen `page` at the address it has.

    That of a page which is not live any more was seen until it first changes: from then on Wagtail
    has an automatic redirect to it that is younger than the end of its publication.
    """
    if page.live:
        return True
    if page.first_published_at is None:
        return False
    unpublished = registry.get_logs_for_instance(page).filter(
        action__in=("wagtail.unpublish", "wagtail.unpublish.scheduled")
    )
    ended = unpublished.order_by("-timestamp").values_list("timestamp", flat=True).first()
    later = Redirect.objects.filter(
        redirect_page=page.pk,
        automatically_created=True,
        created_at__gt=ended or page.last_published_at or page.first_published_at,
    )
    return not later.exists()
