"""
Workarounds for faults of other libraries: a module for each, whose docstring names the upstream issue.

Each module has a function `install`, which replaces what is at fault, but for `api_methods` and
`request_values`, whose middleware stands in the settings, and `scheduled_publishing`, which the
command of that name calls. When the tests in
`tests/headless/upstream` report that a library has mended a fault (XPASS), its module can go.
"""

from importlib import import_module

from django.apps import apps
from django.db import connections

ALWAYS = [
    "animated_png",
    "api_purging",
    "api_values",
    "autosave",
    "block_errors",
    "bulk_publishing",
    "copied_pages",
    "date_picker",
    "deep_images",
    "editor_links",
    "file_names",
    "forged_posts",
    "image_orientation",
    "jpeg_names",
    "lengthened_texts",
    "other_sites",
    "next_addresses",
    "partial_files",
    "references",
    "replaced_files",
    "response_errors",
    "restriction_joins",
    "search_folding",
    "search_queries",
    "search_relevance",
    "spreadsheets",
    "tag_slugs",
    "text_fields",
    "unreadable_images",
    "untranslated_texts",
]
# By the app whose fault it is: the module is not imported where it is not installed.
BY_APP = {
    "wagtail.contrib.redirects": ["draft_redirects", "empty_redirect_batch", "redirect_addresses"],
    "wagtail_localize": [
        "localize_overrides",
        "localize_page_buttons",
        "localize_permissions",
        "localize_related_snippets",
        "localize_snippets",
        "localize_texts",
    ],
}
ON_SQLITE = ["large_ids", "sqlite_search"]
# Those that replace routes of API v3, by the app whose routes they are.
ON_ROUTES = {"wagtail": ["page_actions"], "wagtail.contrib.redirects": ["redirect_routes"]}


def install() -> None:
    """Install the workarounds for what is in use; to be called once, from `AppConfig.ready`."""
    names = [*ALWAYS, *_of_installed_apps(BY_APP)]
    if any(each.vendor == "sqlite" for each in connections.all()):
        names += ON_SQLITE
    _install(names)


def install_on_routes() -> None:
    """Install those for routes of API v3; to be called when its page schemas are extended."""
    _install(_of_installed_apps(ON_ROUTES))


def _of_installed_apps(by_app: dict[str, list[str]]) -> list[str]:
    return [name for app, names in by_app.items() if apps.is_installed(app) for name in names]


def _install(names: list[str]) -> None:
    for name in names:
        import_module(f"{__name__}.{name}").install()
