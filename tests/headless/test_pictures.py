"""Images that cannot be rendered are left out of pages, APIs and the admin, and logged."""

import logging
from io import BytesIO

import pytest
from django.core.files.base import ContentFile
from django.core.files.images import ImageFile
from django.core.files.storage import default_storage
from django.urls import reverse
from PIL import Image as Picture
from wagtail.images import get_image_model
from wagtail.rich_text import RichText

from home.models import AgencySettings
from tests.factories import (
    add_card,
    link,
    link_group,
    log_in,
    make_article,
    make_image,
    make_links,
    make_portal,
)

pytestmark = pytest.mark.slow


def lose(image):
    default_storage.delete(image.file.name)
    return image


def damage(image):
    """Truncate the file, as a full disk does."""
    name = image.file.name
    content = image.file.open().read()
    image.file.close()
    default_storage.delete(name)
    assert default_storage.save(name, ContentFile(content[: len(content) // 2])) == name
    return image


@pytest.fixture(params=[lose, damage])
def unreadable(request, db):
    return request.param(make_image())


@pytest.fixture
def portal(db):
    return make_portal()


def test_an_article_is_shown_without_pictures_that_cannot_be_rendered(
    portal, client, unreadable, caplog
):
    figure = {"image": unreadable, "alt_text": "", "caption": "Chú thích còn lại"}
    article = make_article(
        portal.news,
        cover=unreadable,
        body=[
            ("image", figure),
            ("gallery", [figure, figure]),
            (
                "paragraph",
                RichText(f'<embed embedtype="image" id="{unreadable.pk}" format="left"/>'),
            ),
        ],
    )

    with caplog.at_level(logging.WARNING):
        page = client.get(article.url)

    html = page.content.decode()
    assert page.status_code == 200
    assert "Chú thích còn lại" in html
    assert "not-found" not in html
    assert "og:image" not in html
    assert "article__cover" not in html
    assert f"Image {unreadable.pk} " in caplog.text
    for address in (portal.home.url, portal.news.url, "/feeds/articles/", "/sitemap-1.xml"):
        answer = client.get(address)
        assert answer.status_code == 200, address
        assert "not-found" not in answer.content.decode(), address


def test_both_apis_answer_without_pictures_that_cannot_be_rendered(portal, client, unreadable):
    figure = {"image": unreadable, "alt_text": "", "caption": "Chú thích"}
    article = make_article(portal.news, cover=unreadable, body=[("image", figure)])

    v2 = client.get(f"/api/v2/pages/{article.pk}/").json()
    v3 = client.get(f"/api/v3/pages/{article.pk}/").json()
    resolved = client.get("/api/v3/resolve/", {"path": article.url}).json()
    listed = client.get("/api/v3/articles/").json()

    for page in (v2, v3, resolved["page"], listed["items"][0]):
        assert page["cover"] is None
    for page in (v2, v3, resolved["page"]):
        assert page["body"][0]["value"] == {"image": None, "caption": "Chú thích"}
    assert resolved["seo"]["image"] is None
    for version in ("v2", "v3"):
        assert client.get(f"/api/{version}/images/").status_code == 200
        assert client.get(f"/api/{version}/images/{unreadable.pk}/").status_code == 200


def test_the_mark_of_the_agency_may_be_lost(portal, client, unreadable):
    settings = AgencySettings.for_site(portal.site)
    settings.mark = unreadable
    settings.save()

    assert client.get(portal.home.url).status_code == 200
    assert client.get("/khong-co/").status_code == 404
    assert client.get("/api/v3/site/").json()["agency"]["mark"] == ""


@pytest.mark.parametrize("display", ["list", "logos", "select"])
def test_the_logos_of_links_in_a_sidebar_may_be_lost(portal, client, unreadable, display):
    links = make_links(
        portal.shelf,
        display=display,
        groups=[link_group(link("Cổng tỉnh", "https://tinh.example/", logo=unreadable))],
    )
    add_card(portal.home, links)
    article = make_article(portal.news)

    for address in (portal.home.url, article.url, links.url):
        page = client.get(address)
        assert page.status_code == 200, address
        assert "Cổng tỉnh" in page.content.decode(), address
        assert 'src=""' not in page.content.decode(), address
        resolved = client.get("/api/v3/resolve/", {"path": address})
        assert resolved.status_code == 200, address
    assert client.get("/khong-co/").status_code == 404
    for version in ("v2", "v3"):
        answer = client.get(f"/api/{version}/pages/{links.pk}/").json()
        assert answer["groups"][0]["links"][0]["logo"] is None, version


def test_the_admin_lists_chooses_and_edits_an_image_that_cannot_be_rendered(
    portal, client, unreadable
):
    article = make_article(portal.news, cover=unreadable)
    log_in(client)

    for name, *arguments in (
        ("wagtailimages:index",),
        ("wagtailimages:edit", unreadable.pk),
        ("wagtailimages:delete", unreadable.pk),
        ("wagtailimages_chooser:choose",),
        ("wagtailimages_chooser:choose_results",),
        ("wagtailimages_chooser:chosen", unreadable.pk),
        ("wagtailimages_chooser:select_format", unreadable.pk),
        ("wagtailadmin_pages:edit", article.pk),
    ):
        assert client.get(reverse(name, args=arguments)).status_code == 200, name


def test_a_rendition_whose_file_is_lost_breaks_nothing(portal, client):
    image = make_image()
    article = make_article(portal.news, cover=image)
    client.get(article.url)
    for rendition in image.renditions.all():
        default_storage.delete(rendition.file.name)

    assert client.get(article.url).status_code == 200
    assert client.get(f"/api/v3/pages/{article.pk}/").status_code == 200


def test_a_picture_of_sixteen_bits_that_was_stored_before_is_shown(portal, client):
    content = BytesIO()
    Picture.new("I;16", (60, 40), 30_000).save(content, "PNG")
    image = get_image_model().objects.create(
        title="Xám", file=ImageFile(BytesIO(content.getvalue()), "grey.png")
    )
    article = make_article(portal.news, cover=image)

    assert client.get(article.url).status_code == 200
    resolved = client.get("/api/v3/resolve/", {"path": article.url}).json()
    assert resolved["seo"]["image"]["width"]
