"""
Requests generated from the OpenAPI document never cause server errors, and responses match it.

The requests are the same in each run; `SCHEMATHESIS_SEED=7` makes others.
"""

import json
import os
from pathlib import Path

import pytest
import schemathesis
from django.conf import settings as project
from django.core.signals import request_finished, request_started
from django.db import close_old_connections, transaction
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis.config import SchemathesisConfig
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

CONFIG = SchemathesisConfig.from_path(Path(project.BASE_DIR, "schemathesis.toml"))
if seed := os.environ.get("SCHEMATHESIS_SEED"):
    CONFIG.update(seed=int(seed), max_failures=None)

WRITTEN = json.loads(Path(project.BASE_DIR, "docs", "openapi.json").read_text())


def load(document):
    loaded = schemathesis.openapi.from_dict(document, config=CONFIG)
    loaded.app = application
    return loaded


def without_security(document):
    """The document for a client that sends its token with each request."""
    paths = {
        path: {
            method: {name: part for name, part in operation.items() if name != "security"}
            for method, operation in methods.items()
        }
        for path, methods in document["paths"].items()
    }
    return {name: part for name, part in document.items() if name != "security"} | {"paths": paths}


DOCUMENT = load(WRITTEN)
WITH_TOKEN = load(without_security(WRITTEN))

AS_DESCRIBED = settings(
    max_examples=5,
    deadline=None,
    derandomize=True,
    database=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)


@pytest.fixture(scope="module")
def portal(django_db_setup, django_db_blocker):
    """The content that all tests of this file ask for; each runs in a savepoint of its own."""
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    with django_db_blocker.unblock(), transaction.atomic():
        made = make_portal()
        make_article(made.news)
        make_directive(made.register)
        make_map(made.shelf)
        yield made
        transaction.set_rollback(True)
    for signal in signals:
        signal.connect(close_old_connections)


@pytest.fixture(scope="module")
def authorised(portal, django_db_blocker):
    """The headers of a superuser's program."""
    with django_db_blocker.unblock():
        _token, key = APIToken.create_token(user=make_superuser(), name="tests")
    return {"Authorization": f"Bearer {key}"}


def ask_as_described(case, headers=None):
    answer = case.call_and_validate(headers=headers)
    if case.method == "GET" and answer.status_code == 422 and case.meta.generation.mode.is_positive:
        # What the document allows may be unknown, but is never refused for its form.
        kinds = {each["type"] for each in answer.json()["errors"]}
        assert kinds <= {"value_error", "does_not_exist"}


@DOCUMENT.parametrize()
@AS_DESCRIBED
def test_an_anonymous_request_is_answered_as_described(case, portal):
    ask_as_described(case)


@WITH_TOKEN.parametrize()
@AS_DESCRIBED
def test_a_request_with_a_token_is_answered_as_described(case, portal, authorised):
    ask_as_described(case, authorised)


def test_pages_written_as_described_are_kept_or_refused(portal, authorised):
    """Requests for existing sections, which generated ids do not hit."""
    parents = {
        "civic_articles.ArticlePage": portal.news,
        "civic_directives.DirectivePage": portal.register,
    }
    ids = {"document_type_id": document_type().pk, "issuing_body_id": issuing_body().pk}
    statuses = set()

    @settings(AS_DESCRIBED, max_examples=60)
    @given(case=WITH_TOKEN["/api/v3/pages/"]["POST"].as_strategy())
    def ask(case):
        kind = case.body["meta"]["type"]
        case.body["meta"]["parent_id"] = parents.get(kind, portal.shelf).pk
        case.body |= {name: pk for name, pk in ids.items() if name in case.body}
        statuses.add(case.call_and_validate(headers=authorised).status_code)

    ask()
    assert {201, 422} <= statuses <= {201, 403, 422}
