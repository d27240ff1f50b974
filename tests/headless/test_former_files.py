"""The address of a replaced file leads to the new one, for who may read that."""

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse
from wagtail.documents import get_document_model
from wagtail.models import Collection, CollectionViewRestriction
from wagtail.test.utils.form_data import inline_formset, nested_form_data

from directives.models import DirectivePage
from tests.factories import (
    PDF,
    attach,
    log_in,
    make_article,
    make_directive,
    make_document,
    make_portal,
)
from tests.forms import directive_form

pytestmark = pytest.mark.django_db


@pytest.fixture
def portal():
    return make_portal()


def replace_file(client, document, name, collection=None):
    """Upload another file in the document's form."""
    data = {
        "title": document.title,
        "tags": "",
        "collection": (collection or document.collection).pk,
        "file": ContentFile(PDF + b"%2\n", name),
    }
    response = client.post(reverse("wagtaildocs:edit", args=[document.pk]), data)
    assert response.status_code == 302, response.context["form"].errors
    document.refresh_from_db()


def replace_attachment(client, page, row, document, action="action-publish"):
    """Choose another document in the row of an attachment."""
    formset = inline_formset([{"id": row.pk, "document": document.pk, "title": ""}], initial=1)
    data = directive_form(document_number=page.document_number, attachments=formset)
    response = client.post(
        reverse("wagtailadmin_pages:edit", args=[page.pk]),
        nested_form_data(data | {"title": page.title, "slug": page.slug}) | {action: "1"},
    )
    assert response.status_code == 302, response.context["form"].errors


def private_collection():
    collection = Collection.get_first_root_node().add_child(name="Riêng")
    CollectionViewRestriction.objects.create(
        collection=collection, restriction_type=CollectionViewRestriction.LOGIN
    )
    return collection


def test_the_former_name_of_a_file_leads_to_the_present_one(client):
    document = make_document(name="mau-cu.pdf")
    first = document.url
    log_in(client)
    replace_file(client, document, "mau-moi.pdf")
    second = document.url
    replace_file(client, document, "mau-moi-nhat.pdf")
    client.logout()

    for former in (first, second):
        response = client.get(former)
        assert (response.status_code, response["Location"]) == (302, document.url)
        assert "no-store" in response["Cache-Control"]
    assert client.get(document.url).status_code == 200
    assert client.get(document.url.replace("moi-nhat", "khong-co")).status_code == 404


def test_a_file_put_back_under_its_former_name_is_served_there(client):
    document = make_document(name="mau-a.pdf")
    first = document.url
    log_in(client)
    replace_file(client, document, "mau-b.pdf")
    replace_file(client, document, "mau-a.pdf")

    assert document.url == first
    assert client.get(first).status_code == 200


def test_the_name_of_a_file_that_became_private_is_not_told(client):
    document = make_document(name="cong-khai.pdf")
    former = document.url
    log_in(client)
    replace_file(client, document, "mat.pdf", private_collection())

    assert client.get(former)["Location"] == document.url
    client.logout()
    response = client.get(former)
    assert response.status_code == 404
    assert "mat.pdf" not in response.content.decode()


def test_a_replaced_attachment_leads_to_the_one_in_its_place(client, portal):
    page = make_directive(portal.register)
    first, second, third = (make_document(name=f"ban-{n}.pdf") for n in (1, 2, 3))
    row = attach(page, first)
    log_in(client)
    replace_attachment(client, page, row, second)
    assert client.get(first.url)["Location"] == second.url
    replace_attachment(client, page, row, third)
    addresses = first.url, second.url
    get_document_model().objects.filter(pk__in=[first.pk, second.pk]).delete()
    client.logout()

    for address in addresses:
        assert client.get(address)["Location"] == third.url


def test_an_attachment_still_in_use_elsewhere_is_served(client, portal):
    page = make_directive(portal.register)
    first, second = make_document(), make_document()
    row = attach(page, first)
    article = make_article(portal.news, body=[("download", {"document": first, "description": ""})])
    log_in(client)

    replace_attachment(client, page, row, second)

    assert client.get(first.url).status_code == 200
    article.delete()
    assert client.get(first.url)["Location"] == second.url


def test_a_draft_does_not_replace_the_attachment(client, portal):
    page = make_directive(portal.register)
    first, second = make_document(), make_document()
    row = attach(page, first)
    log_in(client)

    replace_attachment(client, page, row, second, action="action-draft")

    client.logout()
    assert client.get(first.url).status_code == 200
    assert DirectivePage.objects.get().attachments.get().document == first


def test_the_former_name_of_an_attachment_still_in_use_leads_to_its_present_one(client, portal):
    page = make_directive(portal.register)
    first, second = make_document(name="mau-cu.pdf"), make_document()
    former = first.url
    row = attach(page, first)
    make_article(portal.news, body=[("download", {"document": first, "description": ""})])
    log_in(client)
    replace_file(client, first, "mau-moi.pdf")

    replace_attachment(client, page, row, second)

    assert client.get(former)["Location"] == first.url


def test_a_file_of_another_collection_does_not_take_over_the_address(client, portal):
    page = make_directive(portal.register)
    own = Collection.get_first_root_node().add_child(name="Phường")
    shared, second = make_document(), make_document(collection=own)
    row = attach(page, shared)
    log_in(client)

    replace_attachment(client, page, row, second)

    assert client.get(shared.url).status_code == 200
