"""Routes that apps add to Wagtail's API v3."""

from ninja import Router

ROUTERS: list[tuple[str, Router]] = []


def register_router(prefix: str, router: Router) -> None:
    """
    Serves a router below `/api/v3`.

    To be called from `AppConfig.ready` of an app that stands above `headless`: importing Wagtail's
    own API there would build its page schemas before all apps have extended them.
    """
    ROUTERS.append((prefix, router))


def add_routers() -> None:
    """Adds what was registered to Wagtail's API, whose schemas are complete by now."""
    from wagtail.api.v3.api import api

    for prefix, router in ROUTERS:
        api.add_router(prefix, router)
