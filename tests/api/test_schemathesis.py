"""
Requests generated from the OpenAPI document never cause server errors, and responses match it.
"""

import json
from pathlib import Path

import pytest
import schemathesis
from django.conf import settings as project
from django.core.signals import request_finished, request_started
from django.db import close_old_connections, transaction
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis.specs.openapi.checks import positive_data_acceptance
from wagtail.models import APIToken

from cms_site.wsgi import application
from tests.factories import (
    document_type,
    issuing_body,
    make_article,
    make_directive,
    make_map,
    make_portal,
    make_superuser,
)

pytestmark = [pytest.mark.slow, pytest.mark.django_db]

DOCUMENT = json.loads(Path(project.BASE_DIR, "docs", "openapi.json").read_text())
OPERATIONS = [
    (method.upper(), path)
    for path, operations in DOCUMENT["paths"].items()
    for method in operations
    # The document lists no snippet type, so no request can be generated.
    if method in {"get", "post", "put", "patch", "delete"} and "/snippets/" not in path
]

AS_DESCRIBED = settings(
    max_examples=10,
    deadline=None,
    derandomize=True,
    database=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)


@pytest.fixture(scope="module")
def portal(django_db_setup, django_db_blocker):
    """The content that all tests of this file ask for; each runs in a savepoint of its own."""
    with django_db_blocker.unblock(), transaction.atomic():
        made = make_portal()
        make_article(made.news)
        make_directive(made.register)
        make_map(made.shelf)
        yield made
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def authorised(portal, django_db_blocker):
    """The headers of a superuser's program."""
    with django_db_blocker.unblock():
        _token, key = APIToken.create_token(user=make_superuser(), name="tests")
    return {"Authorization": f"Bearer {key}"}


@pytest.fixture(scope="module")
def document(portal, django_db_blocker):
    """The served document, from an application within the test's transaction."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    with django_db_blocker.unblock():
        served = schemathesis.openapi.from_wsgi("/api/v3/openapi.json", application)
    yield served
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


def ask_as_described(document, method, path, headers=None):
    @AS_DESCRIBED
    @given(case=document[path][method].as_strategy())
    def ask(case):
        # Whether a host, id or code exists depends on the content of the site.
        case.call_and_validate(headers=headers, excluded_checks=[positive_data_acceptance])

    ask()


@pytest.mark.parametrize(("method", "path"), OPERATIONS)
def test_an_anonymous_request_is_answered_as_described(document, method, path):
    ask_as_described(document, method, path)


@pytest.mark.parametrize(("method", "path"), OPERATIONS)
def test_a_request_with_a_token_is_answered_as_described(document, authorised, method, path):
    ask_as_described(document, method, path, authorised)


def test_pages_written_as_described_are_kept_or_refused(document, portal, authorised):
    """Requests for existing sections, which generated ids do not hit."""
    parents = {
        "civic_articles.ArticlePage": portal.news,
        "civic_directives.DirectivePage": portal.register,
    }
    ids = {"document_type_id": document_type().pk, "issuing_body_id": issuing_body().pk}
    statuses = set()

    @settings(AS_DESCRIBED, max_examples=60)
    @given(case=document["/api/v3/pages/"]["POST"].as_strategy())
    def ask(case):
        kind = case.body["meta"]["type"]
        case.body["meta"]["parent_id"] = parents.get(kind, portal.shelf).pk
        case.body |= {name: pk for name, pk in ids.items() if name in case.body}
        answer = case.call_and_validate(
            headers=authorised, excluded_checks=[positive_data_acceptance]
        )
        statuses.add(answer.status_code)

    ask()
    assert {201, 422} <= statuses <= {201, 403, 422}
