"""The routers that our apps add to Wagtail's API v3."""

from ninja import Router

ROUTERS: list[tuple[str, Router]] = []


def register_router(prefix: str, router: Router) -> None:
    """
    Adds a router to API v3 below `prefix`.

    To be called from `AppConfig.ready` of an app that stands above `headless`: an app that took
    Wagtail's `api` itself would have built the page routes before `extend_page_schemas`.
    """
    ROUTERS.append((prefix, router))


def add_routers() -> None:
    """Gives Wagtail's `api` the registered routers; once, after all page types are known."""
    from wagtail.api.v3.urls import api

    for prefix, router in ROUTERS:
        api.add_router(prefix, router)
