"""Identify the code that answers, so that entity tags of an older release never match."""

import hashlib
from functools import cache
from pathlib import Path
from sysconfig import get_paths

from django.apps import apps
from django.conf import settings

from ..conf import conf

CODE_PATTERNS = ("*.py", "*.mo")
# Settings that show in answers; all others are of no account to a client.
SETTINGS_IN_RESPONSES = ("CIVIC_PORTAL_", "LANGUAGE", "MEDIA_URL", "TIME_ZONE", "USE_TZ", "WAGTAIL")


@cache
def build_id() -> str:
    """
    Return `CIVIC_PORTAL_BUILD_ID`, or else an id of the code as it lies on this machine.

    The default hashes the settings that show in answers, the names (with versions) of the installed
    distributions, and path, size and time of each source file of the project's own apps. It is read
    once a process and opens no file. Several machines agree on it only if their files carry the
    same times: set the build id there, for instance to the commit that was deployed.
    """
    if conf.BUILD_ID:
        return conf.BUILD_ID
    packages = Path(get_paths()["purelib"]).resolve()
    facts = sorted(path.name for path in packages.glob("*.dist-info"))
    facts += [
        f"{name}={getattr(settings, name)!r}"
        for name in sorted(dir(settings))
        if name.startswith(SETTINGS_IN_RESPONSES)
    ]
    folders = (Path(app.path).resolve() for app in apps.get_app_configs())
    for folder in folders:
        if packages in folder.parents:
            continue
        for pattern in CODE_PATTERNS:
            for path in sorted(folder.rglob(pattern)):
                status = path.stat()
                facts.append(f"{path} {status.st_size} {status.st_mtime_ns}")
    return hashlib.sha256("\n".join(facts).encode()).hexdigest()[:16]
