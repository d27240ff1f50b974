"""What other apps add to Wagtail's API v3."""

from ninja import Router

ROUTERS: list[tuple[str, Router]] = []


def register_router(prefix: str, router: Router) -> None:
    """
    Serves the operations of `router` below `/api/v3` + `prefix`.

    To be called from `AppConfig.ready` of an app that stands above `headless`: importing Wagtail's
    API any earlier would build its page schemas without our fields.
    """
    ROUTERS.append((prefix, router))


def add_routers() -> None:
    """Adds the registered routers, once the page schemas are extended."""
    from wagtail.api.v3.api import api

    for prefix, router in ROUTERS:
        api.add_router(prefix, router)
