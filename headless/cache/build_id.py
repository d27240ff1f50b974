"""Which code answers: after an update, what an older release said is not taken for the same."""

import hashlib
from functools import cache
from importlib.metadata import distributions
from pathlib import Path
from sysconfig import get_paths

from django.apps import apps
from django.conf import settings

CODE = ("*.py", "*.mo")
# Settings that show in answers; all others are of no account to a client.
SHOWN = ("CIVIC_PORTAL_", "LANGUAGE", "MEDIA_URL", "TIME_ZONE", "USE_TZ", "WAGTAIL")


@cache
def build_id() -> str:
    """
    A digest of the project's own code, the installed packages and the settings that show.

    Machines with the same release have the same digest. Read once a process.
    """
    digest = hashlib.sha256()
    installed = sorted(f"{each.name} {each.version}" for each in distributions())
    digest.update("\n".join(installed).encode())
    for name in sorted(dir(settings)):
        if name.startswith(SHOWN):
            digest.update(f"{name}={getattr(settings, name)!r}".encode())
    packages = {Path(path).resolve() for path in get_paths().values()}
    for app in apps.get_app_configs():
        folder = Path(app.path).resolve()
        if packages & set(folder.parents):
            continue
        for pattern in CODE:
            for path in sorted(folder.rglob(pattern)):
                digest.update(f"{app.name}/{path.relative_to(folder)}".encode())
                digest.update(path.read_bytes())
    return digest.hexdigest()[:16]
