"""`Cache-Control` of the files that Django serves."""

import pytest
from django.conf import settings
from django.test import override_settings
from django.urls import include, path
from django.views.static import serve
from wagtail.images import urls as image_urls
from wagtail.images.views.serve import generate_image_url
from wagtail.models import Collection, CollectionViewRestriction

from cms_site.urls import urlpatterns as portal_urls
from tests.factories import log_in, make_document, make_image, make_portal

urlpatterns = [
    path("pictures/", include(image_urls)),
    path("media/<path:path>", serve, {"document_root": settings.MEDIA_ROOT}),
    *portal_urls,
]


def restricted(kind: str) -> Collection:
    """Return a collection below a restricted one."""
    parent = Collection.get_first_root_node().add_child(instance=Collection(name="Nội bộ"))
    CollectionViewRestriction.objects.create(
        collection=parent, restriction_type=kind, password="mo" if kind == "password" else ""
    )
    return parent.add_child(instance=Collection(name="Bên dưới"))


@pytest.fixture
def portal(db):
    return make_portal()


def test_a_file_for_everybody_may_be_kept_and_is_asked_for_again_by_its_tag(portal, client):
    document = make_document()
    document.get_file_hash()

    response = client.get(document.url)

    assert response["Cache-Control"] == "public, max-age=3600"
    assert response["Last-Modified"]
    again = client.get(document.url, headers={"if-none-match": response["ETag"]})
    assert again.status_code == 304
    assert again["Cache-Control"] == "public, max-age=3600"


@pytest.mark.parametrize("kind", ["login", "password", "groups"])
def test_a_file_not_for_everybody_is_kept_by_nobody(portal, client, kind):
    document = make_document(collection=restricted(kind))
    document.get_file_hash()

    stranger = client.get(document.url)
    log_in(client)
    reader = client.get(document.url)

    for response in (stranger, reader):
        assert "no-store" in response["Cache-Control"]
        assert "private" in response["Cache-Control"]
        assert "public" not in response["Cache-Control"]
    if kind != "password":
        assert reader.status_code == 200
        again = client.get(document.url, headers={"if-none-match": reader["ETag"]})
        assert again.status_code == 304
        assert "no-store" in again["Cache-Control"]


def test_a_wrong_name_tells_not_whether_there_is_a_restricted_file(portal, client):
    hidden = make_document(collection=restricted("login"))

    headers = [
        client.get(f"/documents/{pk}/khac.pdf").headers["Cache-Control"]
        for pk in (hidden.pk, hidden.pk + 1000)
    ]

    assert headers[0] == headers[1] == "private, no-store"


@override_settings(ROOT_URLCONF="tests.headless.test_served_files")
def test_images_served_by_wagtail_are_as_private_as_their_collection(portal, client):
    shown = make_image()
    hidden = make_image(collection=restricted("login"))

    for image, said in ((shown, "max-age=3600, public"), (hidden, "private, no-store")):
        response = client.get(generate_image_url(image, "width-20"))
        assert response.status_code == 200
        assert response["Cache-Control"] == said


@override_settings(ROOT_URLCONF="tests.headless.test_served_files")
def test_media_of_development_may_be_kept(portal, client):
    response = client.get(make_image().file.url)

    assert response.status_code == 200
    assert response["Cache-Control"] == "public, max-age=3600"
