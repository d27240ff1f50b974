"""System checks report wrong settings of the portal's apps, and the guide lists all settings."""

import ast
import re
from importlib.util import find_spec
from pathlib import Path

import pytest
from django.conf import global_settings
from django.conf import settings as project
from django.core.management import CommandError, call_command
from django.test import override_settings

from headless.conf import DECLARED
from widgets.conf import conf


def complaints(**settings) -> str:
    """Return the output of `manage.py check` with these settings; "" without errors."""
    with override_settings(**settings):
        try:
            call_command("check")
        except CommandError as error:
            return str(error)
    return ""


def test_a_setting_without_a_value_has_its_default():
    for setting in DECLARED.values():
        setting.validate(setting.default)
    with override_settings():
        del project.CIVIC_PORTAL_VISITS_FLUSH_SECONDS
        assert conf.VISITS_FLUSH_SECONDS == 5


def test_a_right_value_is_taken_and_no_complaint():
    with override_settings(CIVIC_PORTAL_VISITS_FLUSH_SECONDS=7):
        assert conf.VISITS_FLUSH_SECONDS == 7
    assert not complaints(
        CIVIC_PORTAL_VISITS_FLUSH_SECONDS=7,
        CIVIC_PORTAL_VISITS_HONOUR_DO_NOT_TRACK=False,
        CIVIC_PORTAL_MAP_TILE_URL="https://tiles.example/{z}/{x}/{y}.png",
    )


def test_a_misspelt_setting_is_told_with_the_name_it_may_have_meant():
    said = complaints(CIVIC_PORTAL_VISIT_FLUSH_SECOND=7)

    assert "There is no setting CIVIC_PORTAL_VISIT_FLUSH_SECOND." in said
    assert "Did you mean CIVIC_PORTAL_VISITS_FLUSH_SECONDS?" in said
    assert "civic_headless.E001" in said


def test_a_setting_like_no_other_is_told_where_all_are_listed():
    said = complaints(CIVIC_PORTAL_QQQQ=1)

    assert "There is no setting CIVIC_PORTAL_QQQQ." in said
    assert "docs/plugin.md" in said


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("VISITS_FLUSH_SECONDS", "5"),
        ("VISITS_FLUSH_SECONDS", -1),
        ("VISITS_FLUSH_SECONDS", None),
        ("VISITS_HONOUR_DO_NOT_TRACK", "false"),
        ("VISITS_HONOUR_DO_NOT_TRACK", 0),
        ("MAP_TILE_URL", None),
        ("MAP_TILE_URL", b"https://tiles.example/"),
    ],
)
def test_a_value_of_another_type_is_told_with_what_the_setting_means(name, value):
    said = complaints(**{f"CIVIC_PORTAL_{name}": value})

    assert f"The setting CIVIC_PORTAL_{name} has a value of the wrong type" in said
    assert DECLARED[f"CIVIC_PORTAL_{name}"].help_text in said
    assert "civic_headless.E002" in said


def test_settings_of_others_are_no_business_of_ours():
    assert not complaints(CIVIC_CENTRE="open", PORTAL_COLOUR=3)


def test_the_guide_lists_every_setting_with_its_default():
    text = (project.BASE_DIR / "docs" / "plugin.md").read_text()
    listed = dict(re.findall(r"^\| `(CIVIC_PORTAL_\w+)` \| (.*?) \|", text, re.MULTILINE))

    assert listed.keys() == DECLARED.keys()
    for name, default in listed.items():
        if code := re.fullmatch("`(.*)`", default):
            assert ast.literal_eval(code[1]) == DECLARED[name].default, name


# Settings that Django and Wagtail need in every project.
OF_EVERY_PROJECT = {
    "AUTH_USER_MODEL",
    "DEBUG",
    "LANGUAGE_CODE",
    "LANGUAGE_COOKIE_NAME",
    "MIDDLEWARE",
    "SECRET_KEY",
    "SESSION_COOKIE_NAME",
    "SESSION_COOKIE_SECURE",
    "WAGTAIL_PAGE_MODEL",
}
# Packages whose settings the guide explains, besides Django.
PACKAGES = [
    "altcha_django",
    "corsheaders",
    "django_tasks",
    "wagtail",
    "wagtail_headless_preview",
]
APPS = ["articles", "directives", "headless", "widgets"]


def sources(package) -> list[str]:
    folder = Path(find_spec(package).origin).parent
    return [path.read_text() for path in folder.rglob("*.py")]


def names_read(text) -> set[str]:
    """Return the names of the settings that a module reads."""
    names = re.findall(r"\bsettings\.([A-Z][A-Z_]+)\b", text)
    if "getattr(settings" in text:
        names += re.findall(r'"((?:WAGTAIL|CORS_|ALTCHA_)[A-Z_]+)"', text)
    return set(names)


def test_the_guide_lists_the_settings_of_others_that_are_read_and_none_besides():
    text = (project.BASE_DIR / "docs" / "plugin.md").read_text()
    table = text.split("### Of others")[1].split("\n## ")[0]
    rows = re.findall(r"^\| (`.*?) \|", table, re.MULTILINE)
    listed = {name for row in rows for name in re.findall(r"`([A-Z_]+)", row)}
    caches = set(re.findall(r'`CACHES\["(\w+)"\]`', table))
    ours = [each for app in APPS for each in sources(app)]
    others = "\n".join(each for package in PACKAGES for each in sources(package))

    read = set().union(*map(names_read, ours)) - OF_EVERY_PROJECT

    assert read <= listed
    for name in listed - read:
        assert hasattr(global_settings, name) or name in others, name
    for name in caches:
        assert f'"{name}"' in "\n".join([*ours, others]), name
