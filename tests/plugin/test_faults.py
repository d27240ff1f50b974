"""What goes wrong without a word is said by `manage.py check`, in a project of somebody else."""

import subprocess

import pytest

from tests.plugin.test_combinations import combine

pytestmark = [pytest.mark.plugin, pytest.mark.slow]


def complaints(project, *arguments):
    """What `manage.py check` says of a project that has a fault."""
    result = subprocess.run(
        [project.python, "manage.py", "check", *arguments],
        cwd=project.path,
        env=project.variables,
        capture_output=True,
        text=True,
        check=False,
    )
    return result.stderr


@pytest.fixture
def portal(project):
    combine(project, ["articles", "directives", "feedback", "widgets"])
    return project


@pytest.mark.parametrize(
    "order",
    [
        pytest.param("INSTALLED_APPS[5:] + INSTALLED_APPS[:5]", id="below Wagtail's own"),
        pytest.param(
            "sorted(INSTALLED_APPS, key=lambda name: name == 'articles')", id="below headless"
        ),
    ],
)
def test_apps_in_another_order_do_not_start(portal, order):
    portal.append("mysite/settings/base.py", f"INSTALLED_APPS = {order}")

    assert "Put the apps of Civic Portal above Wagtail's own" in complaints(portal)


def test_missing_addresses_files_and_companions_are_told(portal):
    (portal.path / "mysite/urls.py").write_text("urlpatterns = []")
    portal.append(
        "mysite/settings/base.py",
        'for name in ("wagtail.contrib.settings", "wagtail.contrib.table_block"):\n'
        "    INSTALLED_APPS.remove(name)\n"
        "STATICFILES_DIRS.pop()",
    )

    said = complaints(portal)

    for each in ("civic_feedback.E001", "civic_widgets.E001", "civic_widgets.W002"):
        assert each in said
    for app, needed in (
        ("articles", "wagtail.contrib.table_block"),
        ("feedback", "wagtail.contrib.settings"),
        ("directives", "wagtail.contrib.settings"),
        ("widgets", "wagtail.contrib.settings"),
    ):
        assert f"“{app}” needs “{needed}”" in said


def test_apis_that_lack_what_they_are_served_with_are_told(portal):
    lacking = ["wagtail.api.v2", "rest_framework"]
    middleware = "headless.middleware.PortalMiddleware"
    portal.append(
        "mysite/settings/base.py",
        f"for name in {lacking}:\n"
        "    INSTALLED_APPS.remove(name)\n"
        f'MIDDLEWARE.remove("{middleware}")',
    )

    said = complaints(portal)

    for name in lacking:
        assert f"“headless” needs “{name}”" in said
    assert f"“{middleware}” is missing from MIDDLEWARE." in said
    assert "HttpCacheMiddleware" not in said


def test_a_cache_of_each_process_is_told_before_deployment(portal):
    portal.append("mysite/settings/base.py", "del CACHES")

    assert "civic_headless.W004" in complaints(portal, "--deploy")
    assert "civic_headless.W004" not in complaints(portal)


def test_a_page_model_of_the_projects_own_is_told(portal):
    (portal.path / "base").mkdir()
    (portal.path / "base" / "__init__.py").touch()
    (portal.path / "base" / "models.py").write_text(
        "from wagtail.models import AbstractPage\n\n\nclass SitePage(AbstractPage):\n    pass\n"
    )
    portal.append(
        "mysite/settings/base.py",
        'INSTALLED_APPS += ["base"]\nWAGTAIL_PAGE_MODEL = "base.SitePage"',
    )
    models = portal.path / "home/models.py"
    models.write_text(
        models.read_text().replace(
            "from wagtail.models import Page", "from base.models import SitePage as Page"
        )
    )

    said = complaints(portal)

    assert "civic_headless.E003" in said
    assert "wagtail-localize does not support" in said
