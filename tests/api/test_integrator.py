import os
import subprocess
import sys

import pytest
from django.conf import settings


@pytest.mark.slow
def test_page_types_of_an_integrator_are_typed_in_full():
    # Schemas are built at the start: an installation with one more page type is a process apart.
    environment = {k: v for k, v in os.environ.items() if k not in {"DATABASE_URL", "CACHE_URL"}}
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:xdist", "-p", "no:cacheprovider"]
    command += ["-o", "addopts=--import-mode=importlib", "--ds=tests.integrator.settings"]
    result = subprocess.run(  # noqa: S603
        [*command, "tests/integrator/bulletin_checks.py"],
        cwd=settings.BASE_DIR,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )

    assert result.returncode == 0, result.stdout[-3000:]
