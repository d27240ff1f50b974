"""Identify the deployed code, so that entity tags of another release never match."""

import hashlib
from functools import cache
from pathlib import Path
from sysconfig import get_paths

from django.apps import apps
from django.conf import settings

from ..conf import conf

CODE_PATTERNS = ("*.py", "*.mo")
# Prefixes of the settings that affect responses.
SETTINGS_IN_RESPONSES = ("CIVIC_PORTAL_", "LANGUAGE", "MEDIA_URL", "TIME_ZONE", "USE_TZ", "WAGTAIL")


@cache
def build_id() -> str:
    """
    Return `CIVIC_PORTAL_BUILD_ID`, else an id computed from the code on this machine.

    The default hashes the settings that affect responses, the names (with versions) of the
    installed distributions, and path, size and modification time of each source file of the
    project's own apps. It is computed once a process and opens no file. Several machines agree on
    it only if their files have the same modification times: otherwise set the build id, for
    instance to the deployed commit.
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
