"""Files that are made from others, and lists that must be complete."""

import importlib.metadata
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import polib
import pytest
from django.conf import settings
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from cms_site.management.commands.messages import catalogues
from tests.conftest import missing

ROOT = settings.BASE_DIR
PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|%[ds]|{\w*}")
CATALOGUES = pytest.mark.parametrize(
    "path", catalogues(), ids=lambda path: str(path.relative_to(ROOT))
)


@CATALOGUES
def test_a_compiled_catalogue_is_that_of_its_source(path):
    compiled = path.with_suffix(".mo")

    assert compiled.exists(), "Run `make messages` and commit what it writes."
    assert compiled.read_bytes() == polib.pofile(str(path)).to_binary(), "Run `make messages`."


@CATALOGUES
def test_every_string_is_translated(path):
    catalogue = polib.pofile(str(path))

    left = [entry.msgid for entry in catalogue.untranslated_entries() + catalogue.fuzzy_entries()]

    assert left == []


def test_a_language_is_in_all_apps_of_the_package_or_in_none():
    """A project's pages would otherwise mix two languages."""
    package = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["hatch"]["build"]
    languages = {
        app: {path.parts[-3] for path in catalogues() if path.is_relative_to(ROOT / app)}
        for app in package["targets"]["wheel"]["packages"]
    }

    assert set(map(frozenset, languages.values())) == {frozenset({"fr", "vi"})}


@CATALOGUES
def test_a_translation_keeps_the_placeholders(path):
    for entry in polib.pofile(str(path)):
        for text in [entry.msgstr, *entry.msgstr_plural.values()]:
            assert set(PLACEHOLDER.findall(text)) <= set(
                PLACEHOLDER.findall(entry.msgid + entry.msgid_plural)
            ), entry.msgid
            if not entry.msgid_plural and text:
                assert sorted(PLACEHOLDER.findall(text)) == sorted(
                    PLACEHOLDER.findall(entry.msgid)
                ), entry.msgid


@pytest.mark.slow
def test_every_string_of_the_code_is_in_a_catalogue(tmp_path):
    if shutil.which("xgettext") is None:
        missing("gettext is not installed; on Debian and Ubuntu: apt install gettext.")
    copy = tmp_path / "portal"
    shutil.copytree(
        ROOT,
        copy,
        ignore=shutil.ignore_patterns(".*", "var", "mutants", "node_modules", "tests", "docs"),
    )
    before = {path.relative_to(ROOT): strings(path) for path in catalogues()}

    subprocess.run(
        [sys.executable, "manage.py", "messages"], cwd=copy, check=True, capture_output=True
    )

    found = {path.relative_to(copy): strings(path) for path in copy.glob("*/locale/*/*/*.po")}
    new = {str(path): sorted(ids - before.get(path, set())) for path, ids in found.items()}
    assert {path: ids for path, ids in new.items() if ids} == {}, "Run `make messages`."


def strings(path):
    return {entry.msgid_with_context for entry in polib.pofile(str(path)) if not entry.obsolete}


def pins(name):
    """The packages a requirements file pins for this Python, with the extras it asks for."""
    found = {}
    for line in Path(ROOT, name).read_text().splitlines():
        if line.startswith("-r "):
            found |= pins(line[3:])
        elif line and not line.startswith("#"):
            requirement = Requirement(line)
            if requirement.marker and not requirement.marker.evaluate():
                continue
            found[canonicalize_name(requirement.name)] = requirement
    return found


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt"])
def test_whatever_a_pinned_package_needs_is_pinned_too(name):
    pinned = pins(name)
    loose = [str(each) for each in pinned.values() if not str(each.specifier).startswith("==")]
    lacking = set()
    for package, pin in pinned.items():
        for text in importlib.metadata.requires(package) or []:
            need = Requirement(text)
            wanted = any(
                need.marker is None or need.marker.evaluate({"extra": extra})
                for extra in ["", *pin.extras]
            )
            if wanted and canonicalize_name(need.name) not in {*pinned, "pip"}:
                lacking.add(f"{package} needs {need.name}")

    assert loose == []
    assert lacking == set()
