import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings


@pytest.mark.slow
def test_an_integrator_can_bring_widgets_page_types_blocks_and_rules_of_their_own():
    # Page types are known before the first test: an installation with more is a process apart.
    environment = {k: v for k, v in os.environ.items() if k not in {"DATABASE_URL", "CACHE_URL"}}
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:xdist", "-p", "no:cacheprovider"]
    command += ["-o", "addopts=--import-mode=importlib", "--ds=tests.integrator.settings"]
    checks = sorted(Path(settings.BASE_DIR, "tests", "integrator").glob("*_checks.py"))
    result = subprocess.run(  # noqa: S603
        [*command, *map(str, checks)],
        cwd=settings.BASE_DIR,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )

    assert result.returncode == 0, result.stdout[-3000:]
