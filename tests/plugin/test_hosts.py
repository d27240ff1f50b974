"""
Projects that exist: each has traits of real ones, and follows the guide.

All are made from what `wagtail start` makes and from Wagtail of PyPI, without anything of this portal's
own project.
"""

import json
from contextlib import contextmanager
from uuid import uuid4

import psycopg
import pytest
from psycopg import sql

from tests.conftest import missing
from tests.plugin.conftest import ROOT, install_into
from tests.plugin.test_combinations import SIDEBAR, WALK, combine
from tests.services import DATABASE_URL

pytestmark = [pytest.mark.plugin, pytest.mark.slow]

ALL = ["articles", "directives", "widgets", "feedback"]

# A page type of the project's own, with a template that has no block of ours.
OWN = {
    "own/__init__.py": "",
    "own/migrations/__init__.py": "",
    "own/models.py": """
from wagtail.models import Page


class OwnPage(Page):
    template = "own/own_page.html"
""",
    "own/templates/own/own_page.html": """
{% load wagtailcore_tags %}<!doctype html><title>{{ page.title }}</title>
<a href="{% pageurl page.get_parent %}">{{ page.get_parent.title }}</a><h1>{{ page.title }}</h1>
""",
}
OWN_SETTINGS = 'INSTALLED_APPS = ["own", *INSTALLED_APPS]\n'
MAKE_OWN_PAGE = """
from own.models import OwnPage
from wagtail.models import Page
Page.objects.get(slug="home").add_child(instance=OwnPage(title="Own", slug="own"))
"""
READ_OWN_PAGE = """
import json
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.conf import settings
from own.models import OwnPage
settings.ALLOWED_HOSTS = ["*"]
path = OwnPage.objects.get().url
Client().get(path)
with CaptureQueriesContext(connection) as queries:
    response = Client().get(path)
assert response.status_code == 200
print(json.dumps({"html": response.content.decode(), "queries": len(queries)}))
"""

# Jinja2 comes first; titles are filled in by each template; no block of ours but `content`.
JINJA_FIRST = """
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": [f"{PROJECT_DIR}/jinja2"],
        "OPTIONS": {"extensions": ["wagtail.jinja2tags.core", "wagtail.images.jinja2tags.images"]},
    },
    *TEMPLATES,
]
"""
PLAIN_BASE = """{% load widgets_tags %}<!doctype html>
<html>
    <head>
        <title>{% block title %}{% endblock %} – Host</title>
        <style>RESET</style>
    </head>
    <body>{% block content %}{% endblock %}SIDEBAR</body>
</html>
"""

# Its pages were made in the language that `wagtail start` names.
SPEAK_FRENCH = """
from wagtail.models import Locale
Locale.objects.update(language_code="fr")
"""
FRENCH = """
LANGUAGE_CODE = "fr"
WAGTAIL_I18N_ENABLED = False
APPEND_SLASH = False
INSTALLED_APPS = tuple(INSTALLED_APPS)
MIDDLEWARE = tuple(MIDDLEWARE)
STATICFILES_DIRS = tuple(STATICFILES_DIRS)
"""

# Labels and URL names like those of our packages.
NESTED = {
    f"mysite/{name}/__init__.py": ""
    for name in ("articles", "directives", "widgets", "feedback", "headless")
} | {
    f"mysite/{name}/models.py": f"""
from django.db import models


class {name.title()}Thing(models.Model):
    title = models.CharField(max_length=20)

    class Meta:
        app_label = "{name}"
"""
    for name in ("articles", "directives", "widgets", "feedback", "headless")
}
NESTED_SETTINGS = """
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
INSTALLED_APPS += [
    "mysite.articles",
    "mysite.directives",
    "mysite.widgets",
    "mysite.feedback",
    "mysite.headless",
]
"""
NESTED_URLS = """
from django.http import HttpResponse

urlpatterns = [
    path("own-articles/", lambda request: HttpResponse("own"), name="articles"),
    path(
        "own-widgets/",
        include(([path("x/", lambda request: HttpResponse("own"), name="visit")], "widgets")),
    ),
    *urlpatterns,
]
"""
# Every address of a page has the prefix of its language, the default one's too.
PREFIXED = """
from django.conf.urls.i18n import i18n_patterns

urlpatterns = [
    *urlpatterns[:-1],
    *i18n_patterns(urlpatterns[-1], prefix_default_language=True),
]
"""
PREFIXED_SETTINGS = """
WAGTAIL_I18N_ENABLED = True
LANGUAGE_CODE = "en"
LANGUAGES = WAGTAIL_CONTENT_LANGUAGES = [("en", "English"), ("vi", "Tiếng Việt")]
MIDDLEWARE.insert(2, "django.middleware.locale.LocaleMiddleware")
"""


def write(project, files):
    for name, text in files.items():
        path = project.path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)


def shell(project, code):
    return project.manage("shell", "--no-imports", "-c", code)


def own_page(project):
    """The project's own page, as HTML with the number of queries that it costs."""
    return json.loads(shell(project, READ_OWN_PAGE).splitlines()[-1])


@pytest.fixture
def host(project):
    """A project with a page of its own, which our apps must leave alone."""
    write(project, OWN)
    project.append("mysite/settings/base.py", OWN_SETTINGS)
    project.manage("makemigrations", "own", "-v0")
    project.manage("migrate", "-v0")
    shell(project, MAKE_OWN_PAGE)
    return project


@contextmanager
def postgresql():
    """An empty database on the services of this machine, as `DATABASES["default"]`."""
    try:
        connection = psycopg.connect(DATABASE_URL, autocommit=True, connect_timeout=3)
    except psycopg.Error as reason:
        missing(f"PostgreSQL does not answer: {reason}.")
    name = f"hosts_{uuid4().hex[:12]}"
    with connection:
        connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        info = connection.info
        try:
            yield {
                "ENGINE": "django.db.backends.postgresql",
                "NAME": name,
                "USER": info.user,
                "PASSWORD": info.password,
                "HOST": info.host,
                "PORT": info.port,
            }
        finally:
            connection.execute(
                sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name))
            )


REMOVE = """
from django.core.management import call_command
for label in {labels}:
    call_command("remove_app_content", label, yes=True)
for label in {labels}:
    call_command("migrate", label, "zero", verbosity=0)
"""
LEFT = """
from django.core.management import call_command
from django.db import connection
call_command("migrate", "civic_headless", "zero", verbosity=0)
assert not [name for name in connection.introspection.table_names() if name.startswith("civic_")]
"""


def everything_goes_and_comes_back(project, urls):
    """Uninstalls as the guide says, `urls` being the project's before; then migrates forward again."""
    settings, routes = project.path / "mysite/settings/base.py", project.path / "mysite/urls.py"
    with_all, ours = settings.read_text(), routes.read_text()
    shell(project, REMOVE.format(labels=["civic_feedback", "civic_widgets", "civic_articles"]))
    gone = {"feedback", "widgets", "articles"}
    settings.write_text(
        f"{with_all}\nINSTALLED_APPS = [x for x in INSTALLED_APPS if x not in {gone}]"
    )
    routes.write_text(urls)
    shell(project, REMOVE.format(labels=["civic_directives"]) + LEFT)
    settings.write_text(with_all)
    routes.write_text(ours)
    project.manage("migrate", "-v0")
    project.manage("check", "--fail-level", "WARNING")


def test_a_host_with_jinja2_and_a_reset_is_commented_in_a_browser(host, environment, chromium):
    before = own_page(host)
    install_into(environment, "jinja2")
    combine(host, ALL)
    host.append("mysite/settings/base.py", JINJA_FIRST)
    reset = (ROOT / "tests/browser/hosts/preflight/reset.css").read_text()
    base = PLAIN_BASE.replace("RESET", reset).replace("SIDEBAR", SIDEBAR)
    (host.path / "mysite/templates/base.html").write_text(base)

    host.run([host.python, WALK, "titles_are_filled"])

    assert own_page(host) == before
    with host.server() as address, chromium.new_context(base_url=address) as context:
        reader = context.new_page()
        reader.goto("/news/clean-water/")
        reader.fill("[name=name]", "Lan")
        reader.fill("[name=body]", "Water is clean.")
        reader.click("form.comment-form [type=submit]")
        reader.get_by_text("Thank you. Your comment has arrived").wait_for()


def test_a_french_host_in_one_language_mixes_no_words(host):
    host.append("mysite/settings/base.py", FRENCH)
    shell(host, SPEAK_FRENCH)
    before = own_page(host)
    combine(host, ALL)

    host.run([host.python, WALK, "words_are_french"])

    assert own_page(host) == before


def test_a_host_on_postgresql_with_names_like_ours_and_prefixed_languages(host, environment):
    install_into(environment, "psycopg[binary]")
    with postgresql() as database:
        write(host, NESTED)
        host.append("mysite/settings/base.py", f"DATABASES = {{'default': {database!r}}}")
        host.append("mysite/settings/base.py", NESTED_SETTINGS + PREFIXED_SETTINGS)
        host.append("mysite/urls.py", PREFIXED)
        for name in ("articles", "directives", "widgets", "feedback", "headless"):
            host.manage("makemigrations", name, "-v0")
        host.manage("migrate", "-v0")
        shell(host, MAKE_OWN_PAGE)
        before = own_page(host)
        host.append("mysite/urls.py", NESTED_URLS)
        urls = (host.path / "mysite/urls.py").read_text()
        combine(host, ALL)
        for path in host.path.glob("mysite/urls*.py"):
            text = path.read_text()
            path.write_text(
                text.replace("prefix_default_language=False", "prefix_default_language=True")
            )

        host.run([host.python, WALK])

        assert own_page(host) == before
        everything_goes_and_comes_back(host, urls)
