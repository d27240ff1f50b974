import ast
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings


@pytest.mark.slow
def test_an_integrator_can_bring_widgets_page_types_blocks_and_rules_of_their_own():
    # Page types are known before the first test: an installation with more is a process apart.
    environment = {k: v for k, v in os.environ.items() if k not in {"DATABASE_URL", "CACHE_URL"}}
    # The example of docs/plugin.md is an app of the project's own, by its own name.
    environment["PYTHONPATH"] = str(Path(settings.BASE_DIR, "tests", "integrator"))
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


EXAMPLES = re.compile(r"```\w+\n(?:# |{# )(town/[\w/.]+)(?: #})?\n(.*?)```", re.DOTALL)
SETTINGS = re.compile(r"```python\n(CIVIC_PORTAL_.*?)```", re.DOTALL)


def guide():
    text = Path(settings.BASE_DIR, "docs", "plugin.md").read_text()
    return text[text.index("## Extending") :]


def test_the_guide_shows_the_code_that_is_tested():
    examples = EXAMPLES.findall(guide())

    assert len(examples) > 8
    for name, code in examples:
        assert Path(settings.BASE_DIR, "tests", "integrator", name).read_text() == code, name


def test_the_guide_shows_the_settings_that_are_tested():
    tested = Path(settings.BASE_DIR, "tests", "integrator", "settings.py").read_text()

    shown = settings_of("".join(SETTINGS.findall(guide())))

    assert shown == settings_of(tested)


def settings_of(source):
    """The portal's settings that a piece of Python sets, by name."""
    return {
        node.targets[0].id: ast.literal_eval(node.value)
        for node in ast.parse(source).body
        if isinstance(node, ast.Assign) and node.targets[0].id.startswith("CIVIC_PORTAL_")
    }


def test_the_guide_names_every_signal_and_hook():
    text = guide()
    apps = Path(settings.BASE_DIR)
    for app in ("headless", "widgets", "directives", "feedback", "articles"):
        for path in (apps / app).rglob("*.py"):
            source = path.read_text()
            module = ".".join(path.relative_to(apps).with_suffix("").parts)
            for signal in re.findall(r"^(\w+) = Signal\(", source, re.MULTILINE):
                assert f"`{module}.{signal}`" in text
            for hook in re.findall(r"get_hooks\(\"(\w+)\"\)", source):
                assert f"`{hook}`" in text
