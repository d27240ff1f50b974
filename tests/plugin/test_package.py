"""What is in the package, and what it asks for."""

import re
import tarfile
import tomllib
import zipfile
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.test_committed_files import pins

ROOT = Path(__file__).parents[2]
APPS = {"articles", "directives", "feedback", "headless", "widgets"}
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]

# Parts of Django, pydantic and Wagtail.
COME_ALONG = {"asgiref", "pydantic_core", "modelsearch"}


def files_of_apps():
    """What a checkout has of the apps in the package."""
    return {
        str(path.relative_to(ROOT))
        for app in APPS
        for path in (ROOT / app).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }


@pytest.mark.slow
def test_the_wheel_holds_the_apps_whole_and_nothing_else(distributions):
    [wheel] = distributions.glob("*.whl")

    names = set(zipfile.ZipFile(wheel).namelist())

    about = f"wagtail_civic_portal-{PROJECT['version']}.dist-info"
    assert {name for name in names if not name.startswith(f"{about}/")} == files_of_apps()
    assert f"{about}/licenses/LICENSE" in names


@pytest.mark.slow
def test_each_package_in_the_wheel_says_that_it_is_typed(distributions):
    [wheel] = distributions.glob("*.whl")

    names = set(zipfile.ZipFile(wheel).namelist())

    assert {f"{app}/py.typed" for app in APPS} <= names


@pytest.mark.slow
def test_the_source_holds_what_the_wheel_is_built_of(distributions):
    [source] = distributions.glob("*.tar.gz")

    with tarfile.open(source) as archive:
        names = {each.name.split("/", 1)[1] for each in archive.getmembers()}

    about = {"CHANGELOG.md", "LICENSE", "PKG-INFO", "docs/plugin.md", "pyproject.toml"}
    assert names - {".gitignore"} == files_of_apps() | about


def test_the_change_log_begins_with_the_version():
    versions = re.findall(r"^## (\S+)", (ROOT / "CHANGELOG.md").read_text(), re.MULTILINE)

    assert versions[0] == PROJECT["version"]


def test_whatever_the_apps_import_is_asked_for():
    asked = {canonicalize_name(Requirement(each).name) for each in PROJECT["dependencies"]}
    extras = [each for extra in PROJECT["optional-dependencies"].values() for each in extra]
    asked |= {canonicalize_name(Requirement(each).name) for each in extras}
    packages = packages_distributions()
    imported = {
        module
        for app in APPS
        for path in (ROOT / app).rglob("*.py")
        for module in re.findall(r"^(?:from|import) (\w+)", path.read_text(), re.MULTILINE)
    }

    needed = {
        canonicalize_name(name)
        for module in imported - APPS
        for name in packages.get(module, [])
        if name not in COME_ALONG
    }

    assert needed - asked == set()


def test_the_project_itself_pins_versions_that_the_package_allows():
    pinned = pins("requirements.txt")
    for text in PROJECT["dependencies"]:
        asked = Requirement(text)
        pin = str(pinned[canonicalize_name(asked.name)].specifier).removeprefix("==")
        assert pin in asked.specifier, text
        assert any(each.operator == ">=" for each in asked.specifier), text
