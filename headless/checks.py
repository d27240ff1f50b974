from difflib import get_close_matches

from django.conf import settings
from django.core.checks import Error, Warning
from django_tasks import task_backends
from django_tasks.backends.immediate import ImmediateBackend

from .conf import DECLARED, PREFIX, conf


def check_settings(app_configs, **kwargs):
    """A setting that is misspelt or of another type would change nothing, without a word."""
    errors = []
    for name in sorted(set(dir(settings))):
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


def check_webhooks(app_configs, **kwargs):
    """A task that is done at once would let whoever publishes wait for other servers."""
    waits = isinstance(task_backends["default"], ImmediateBackend)
    if conf.WEBHOOKS_SENT_BY != "task" or not waits:
        return []
    return [
        Warning(
            "Webhooks are sent by tasks, and tasks are done within the request that publishes.",
            hint=(
                "Set TASKS to a backend with a worker, or "
                "CIVIC_PORTAL_WEBHOOKS_SENT_BY to “thread” or “command”."
            ),
            id="headless.W010",
        )
    ]
