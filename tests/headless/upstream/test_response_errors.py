"""What cannot be told in API v3 is a server error that tells nothing."""

import pytest
from django.test import Client
from ninja.operation import Operation
from wagtail.models import APIToken, Page

from tests.factories import make_article, make_portal, make_superuser

pytestmark = pytest.mark.django_db
SECRET = "Error 111 connecting to database.internal:5432"


@pytest.fixture
def article():
    return make_article(make_portal().news, title="Nước sạch")


@pytest.fixture
def failing(monkeypatch):
    """Every page fails while its address is looked up."""

    def fail(*args, **kwargs):
        raise ConnectionError(SECRET)

    monkeypatch.setattr(Page, "get_url_parts", fail)


def read(address):
    return Client(raise_request_exception=False).get(address)


@pytest.mark.usefixtures("failing")
def test_a_failure_within_a_response_is_a_500_without_its_text(article):
    for address in ("/api/v3/pages/", f"/api/v3/pages/{article.pk}/", "/api/v3/articles/"):
        response = read(address)

        assert response.status_code == 500, address
        assert b"111" not in response.content
        assert b"Error" not in response.content


@pytest.mark.usefixtures("failing")
def test_a_failure_after_a_publication_is_no_error_of_the_request(article):
    _token, key = APIToken.create_token(user=make_superuser(), name="tests")
    article.save_revision()

    response = Client(raise_request_exception=False).post(
        f"/api/v3/pages/{article.pk}/actions/publish/",
        {},
        content_type="application/json",
        headers={"Authorization": f"Bearer {key}"},
    )

    assert response.status_code == 500
    assert b"111" not in response.content


@pytest.mark.usefixtures("failing")
@pytest.mark.xfail(strict=True, reason="Ninja takes it for an error of the request.")
def test_ninja_tells_the_failure_apart_itself(article, monkeypatch):
    stock = Operation._result_to_response.__wrapped__
    monkeypatch.setattr(Operation, "_result_to_response", stock)

    assert read(f"/api/v3/pages/{article.pk}/").status_code == 500


def test_a_wrong_request_is_still_a_422(article):
    assert read("/api/v3/articles/?limit=x").status_code == 422
    assert read("/api/v3/pages/?child_of=x").status_code == 422
