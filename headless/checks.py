from difflib import get_close_matches

from django.conf import settings
from django.core.checks import Error, Warning
from django.urls import NoReverseMatch, reverse
from wagtail.contrib.frontend_cache.utils import get_backends

from .conf import DECLARED, PREFIX
from .purging import DETAILS, is_wanted


def check_settings(app_configs, **kwargs):
    """A setting that is misspelt or of another type would change nothing, without a word."""
    errors = []
    for name in dir(settings):
        if not name.startswith(PREFIX):
            continue
        if name not in DECLARED:
            near = get_close_matches(name, DECLARED, n=1)
            errors.append(
                Error(
                    f"There is no setting {name}.",
                    hint=f"Did you mean {near[0]}?" if near else "docs/plugin.md lists them all.",
                    id="headless.E001",
                )
            )
            continue
        try:
            DECLARED[name].validate(getattr(settings, name))
        except ValueError as error:
            reasons = "; ".join(each["msg"] for each in error.errors())
            errors.append(
                Error(
                    f"The setting {name} has a value of the wrong type: {reasons}.",
                    hint=DECLARED[name].meaning,
                    id="headless.E002",
                )
            )
    return errors


def check_purging(app_configs, **kwargs):
    """What is wrong with the caches in front never stops an editor, so it has to be told here."""
    found = []
    if getattr(settings, "WAGTAILAPI_USE_FRONTENDCACHE", False):
        found.append(
            Warning(
                "WAGTAILAPI_USE_FRONTENDCACHE has no effect: headless purges both APIs.",
                hint="Remove it; WAGTAILFRONTENDCACHE alone says where the caches are.",
                id="headless.W001",
            )
        )
    if not is_wanted():
        return found
    try:
        get_backends()
    except Exception as error:  # noqa: BLE001 each backend has its own; the operator is told
        found.append(
            Warning(
                f"Nothing will be purged: WAGTAILFRONTENDCACHE cannot be used ({error!r}).",
                id="headless.W002",
            )
        )
    missing = [name for name, parameter in DETAILS["pages"] if not _is_served(name, parameter)]
    if missing:
        found.append(
            Warning(
                f"Pages will not be purged from the APIs: there is no {' and no '.join(missing)}.",
                hint="Mount headless.api_v2.router_v2 and wagtail.api.v3.urls.api as they are.",
                id="headless.W003",
            )
        )
    return found


def _is_served(name, parameter):
    try:
        return bool(reverse(name, kwargs={parameter: 1}))
    except NoReverseMatch:
        return False
