from difflib import get_close_matches

from django.conf import settings
from django.core.checks import Error

from .conf import DECLARED, PREFIX


def check_settings(app_configs, **kwargs):
    """A setting that is misspelt or of another type would change nothing, without a word."""
    errors = []
    for name in dir(settings):
        if not name.startswith(PREFIX):
            continue
        if name not in DECLARED:
            own = [each.removeprefix(PREFIX) for each in DECLARED]
            near = get_close_matches(name.removeprefix(PREFIX), own, n=1)
            errors.append(
                Error(
                    f"There is no setting {name}.",
                    hint=f"Did you mean {PREFIX}{near[0]}?"
                    if near
                    else "docs/plugin.md lists them all.",
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
