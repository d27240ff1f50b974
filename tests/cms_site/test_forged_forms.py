"""What the admin's own scripts would not post is refused, and never a server error."""

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield

from articles.models import ArticlePage
from tests.cms_site.test_form_lengths import filled
from tests.factories import log_in, make_article, make_document, make_portal

pytestmark = pytest.mark.slow

NO_CONTENT = ["<p>Chào</p>", "{", "[1]", "1", '"a"']
NO_IDS = ["abc", "-1", "9" * 25, "1.5", "[1]"]


@pytest.fixture
def client():
    return Client(raise_request_exception=False)


@pytest.fixture
def article(db, client):
    log_in(client)
    return make_article(make_portal().news)


def post(client, article, body, **more):
    address = reverse("wagtailadmin_pages:edit", args=[article.pk])
    data = filled(client.get(address).context["form"])
    data |= {"published_at": "28/11/2026 08:00", "body": body, "title": "Mới"}
    data |= {"related_articles-TOTAL_FORMS": "0"}
    return client.post(address, nested_form_data(data) | more)


def test_a_text_of_the_editor_is_stored(client, article):
    response = post(client, article, streamfield([("paragraph", rich_text("<p>Chào</p>"))]))

    assert response.status_code == 302
    stored = ArticlePage.objects.get().latest_revision.as_object()
    assert "Chào" in stored.body[0].value.source


@pytest.mark.parametrize("text", NO_CONTENT)
def test_a_rich_text_that_is_not_of_its_editor_is_a_bad_request(client, article, text):
    response = post(client, article, streamfield([("paragraph", text)]))

    assert response.status_code == 400
    assert ArticlePage.objects.get().latest_revision is None


@pytest.mark.parametrize(
    "more",
    [
        {"body-count": "abc"},
        {"body-count": "null"},
        {"body-count": "[1]"},
        {"body-count": "9" * 25},
        {"body-count": "2"},
        {"body-count": ""},
        {"body-0-order": "abc"},
    ],
    ids=str,
)
def test_blocks_that_are_not_counted_are_a_bad_request(client, article, more):
    response = post(client, article, streamfield([("heading", {"text": "A"})]), **more)

    assert response.status_code == 400
    assert ArticlePage.objects.get().latest_revision is None


@pytest.mark.parametrize("key", NO_IDS)
def test_a_choice_that_is_no_id_is_refused_at_its_field(client, article, key):
    rows = {
        "related_articles-TOTAL_FORMS": "1",
        "related_articles-0-article": key,
        "related_articles-0-ORDER": "1",
    }

    response = post(client, article, streamfield([]), cover=key, **rows)

    assert response.status_code == 200
    form = response.context["form"]
    assert "cover" in form.errors
    assert "article" in form.formsets["related_articles"].forms[0].errors


def test_a_row_without_its_place_is_shown_again(client, article):
    response = post(client, article, streamfield([]), **{"related_articles-TOTAL_FORMS": "1"})

    assert response.status_code == 200


@pytest.mark.parametrize("key", ["abc", "1.5"])
def test_a_stored_row_without_its_id_is_a_bad_request(client, article, key):
    rows = {"related_articles-TOTAL_FORMS": "1", "related_articles-INITIAL_FORMS": "1"}

    response = post(client, article, streamfield([]), **rows, **{"related_articles-0-id": key})

    assert response.status_code == 400
    assert ArticlePage.objects.get().latest_revision is None


@pytest.mark.django_db
@pytest.mark.parametrize("method", ["get", "post"])
def test_a_chooser_without_a_form_for_new_terms_makes_none(client, method):
    log_in(client)

    for name in ["civic_articles/category", "civic_directives/issuingbody"]:
        address = f"/admin/snippets/choose/{name}/create/"
        assert getattr(client, method)(address, {"name": "Mới"}).status_code == 404


@pytest.mark.django_db
@pytest.mark.parametrize("key", NO_IDS)
def test_groups_that_are_no_ids_are_refused_at_their_field(client, key):
    editor = log_in(client)

    response = client.post(reverse("wagtailusers_users:edit", args=[editor.pk]), {"groups": [key]})

    assert response.status_code == 200
    assert "groups" in response.context["form"].errors


@pytest.mark.parametrize("address", ["http://[::1", "//["])
def test_a_former_address_that_no_parser_reads_is_refused_in_words(client, article, address):
    asked = {"old_path": address, "redirect_link": "http://localhost/"}

    response = client.post(reverse("wagtailredirects:add"), asked)

    assert response.context["form"].errors == {
        "old_path": [f"“{address}” không phải là một địa chỉ."]
    }


@pytest.mark.parametrize("address", ["abc", "wagtailadmin_home", "//evil.example", "https://[::1"])
def test_a_saved_form_goes_on_to_no_name_and_no_other_host(client, article, address):
    document = make_document()
    url = reverse("wagtaildocs:edit", args=[document.pk])

    response = client.post(url, {"title": "Mới", "next": address, "collection": 1})

    assert response.status_code == 302
    assert response.url == reverse("wagtaildocs:index")
