"""Some of our apps in a project of somebody else, whose base template defines `content` alone."""

from pathlib import Path

import pytest

from tests.plugin.guide import blocks_of

pytestmark = [pytest.mark.plugin, pytest.mark.slow]

WALK = Path(__file__).with_name("walk.py")
BASE = (
    "<!DOCTYPE html><html><body>{load}{{% block content %}}{{% endblock %}}{sidebar}</body></html>"
)
SIDEBAR = "{% block sidebar %}{% if page %}{% sidebar page %}{% endif %}{% endblock %}{% widget_scripts page %}"
LINES = {
    "articles": ["article"],
    "directives": ["directive"],
    "feedback": ["feedback", "altcha"],
    "widgets": ["widgets", "leaflet"],
}
# The page type of `wagtail start` takes part in comments and ratings.
HOME_APP = """
from django.apps import AppConfig


class HomeConfig(AppConfig):
    name = "home"

    def ready(self):
        from headless.extending import register_feedback

        from .models import HomePage

        register_feedback(HomePage)
"""
HOME_FIRST = """
INSTALLED_APPS = ["home", *(each for each in INSTALLED_APPS if each != "home")]
"""
HOME_PAGE = (
    "{% extends 'base.html' %}{% load page_assets %}"
    "{% block content %}<h1>{{ page.title }}</h1>{% page_parts page %}{% endblock %}"
)


def combine(project, apps):
    """Follows the guide, but for the lines about apps that are left out."""
    absent = [word for app, words in LINES.items() if app not in apps for word in words]
    for heading in ("### Settings", "### Addresses"):
        for block in blocks_of(heading):
            lines = block.code.splitlines(keepends=True)
            kept = [line for line in lines if not any(word in line.lower() for word in absent)]
            project.append(block.target, "".join(kept))
    for name, left_out in {"2": ["v3"], "3": ["v2"], "none": ["v2", "v3"]}.items():
        lines = (project.path / "mysite/urls.py").read_text().splitlines(keepends=True)
        kept = [line for line in lines if not any(f"api/{each}/" in line for each in left_out)]
        (project.path / f"mysite/urls_{name}.py").write_text("".join(kept))
    widgets = "widgets" in apps
    base = BASE.format(
        load="{% load widgets_tags %}" if widgets else "", sidebar=SIDEBAR if widgets else ""
    )
    (project.path / "home/apps.py").write_text(HOME_APP)
    project.append("mysite/settings/base.py", HOME_FIRST)
    (project.path / "home/templates/home/home_page.html").write_text(HOME_PAGE)
    templates = project.path / "mysite/templates"
    (templates / "base.html").write_text(base)
    (templates / "civic_articles/includes").mkdir(parents=True)
    (templates / "civic_articles/includes/share.html").write_text("Shared in the project's own way")


@pytest.mark.parametrize(
    ("apps", "walks"),
    [
        pytest.param(["widgets"], [], id="widgets alone"),
        pytest.param(["directives"], [], id="directives alone"),
        pytest.param(["feedback"], [], id="feedback alone"),
        pytest.param(["articles", "directives"], [], id="articles and directives"),
        pytest.param(
            ["articles", "directives", "widgets", "feedback"],
            ["routes_may_be_left_out", "a_prefix_is_kept", "two_sites_are_apart"],
            id="all",
        ),
    ],
)
def test_apps_work_without_the_others_in_one_language_without_localize(project, apps, walks):
    combine(project, apps)

    project.run([project.python, WALK, *walks])


def test_all_apps_work_in_two_languages_with_localize(project):
    combine(project, ["articles", "directives", "widgets", "feedback"])
    for block in blocks_of("### More languages"):
        if block.language == "python":
            project.append(block.target, block.code)

    project.run([project.python, WALK, "translations_are_read"])
