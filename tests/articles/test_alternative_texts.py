"""Pictures without alternative text: what the form's script asks for, and the report."""

import io

import pytest
from django.urls import reverse
from openpyxl import load_workbook
from wagtail.models import Collection

from home.services import create_site_groups
from tests.factories import log_in, make_article, make_image, make_portal, make_user
from tests.queries import queries_of

pytestmark = pytest.mark.django_db
REPORT = "alternative_texts_report"


def figure(image, alt_text=""):
    return {"image": image, "alt_text": alt_text, "caption": ""}


@pytest.fixture
def portal():
    return make_portal()


@pytest.fixture
def editors(portal):
    return create_site_groups(site=portal.site)


def pictures_of(client, **query):
    """The pictures that the report lists, with their articles."""
    rows = client.get(reverse(REPORT), query).context["object_list"]
    return [(row.page_title, row.picture_title) for row in rows]


def test_the_report_lists_covers_and_pictures_without_a_text(client, portal, editors):
    bare, described = make_image("Không lời", description=""), make_image("Có lời")
    article = make_article(
        portal.news,
        title="Thiếu lời",
        cover=bare,
        body=[
            ("image", figure(bare)),
            ("image", figure(bare, "Cầu mới")),
            ("image", figure(described)),
            ("gallery", [figure(bare), figure(bare, "Chợ"), figure(described)]),
        ],
    )
    make_article(portal.news, title="Đủ lời", cover=described, body=[("image", figure(described))])
    make_article(portal.news, title="Lời riêng", cover=bare, cover_alt="Đường mới", body=[])
    log_in(client, make_user("bien-tap", editors[0]))

    assert pictures_of(client) == [("Thiếu lời", "Không lời")] * 3
    assert len(pictures_of(client, place="cover")) == 1
    assert len(pictures_of(client, place="body")) == 2
    assert pictures_of(client, live="false") == []
    page = client.get(reverse(REPORT)).content.decode()
    assert reverse("wagtailadmin_pages:edit", args=[article.pk]) in page
    assert reverse(REPORT) in client.get(reverse("wagtailadmin_home")).content.decode()

    article.cover_alt = "Nói rõ rồi"
    article.save()
    assert pictures_of(client, place="cover") == []


def test_the_report_is_exported(client, portal, editors):
    make_article(portal.news, title="Thiếu lời", cover=make_image("Không lời", description=""))
    log_in(client, make_user("bien-tap", editors[0]))

    csv = b"".join(client.get(reverse(REPORT), {"export": "csv"}).streaming_content).decode()
    xlsx = b"".join(client.get(reverse(REPORT), {"export": "xlsx"}).streaming_content)

    assert "Thiếu lời" in csv
    assert "Không lời" in csv
    sheet = load_workbook(io.BytesIO(xlsx)).active
    assert "Thiếu lời" in {cell.value for row in sheet.iter_rows() for cell in row}


def test_an_editor_sees_the_pictures_of_the_own_ward_only(client, portal, editors):
    other = make_portal("go-say.localhost", "Phường Gò Sậy")
    make_article(other.news, title="Ở Gò Sậy", cover=make_image("Lạ", description=""))
    log_in(client, make_user("bien-tap", editors[0]))
    assert pictures_of(client) == []

    log_in(client)
    assert pictures_of(client) == [("Ở Gò Sậy", "Lạ")]


def test_who_edits_no_page_has_no_report(client, portal):
    log_in(client, make_user("khach"))

    assert client.get(reverse(REPORT)).status_code == 302
    assert client.get(reverse("picture_descriptions")).status_code == 302


def test_more_articles_cost_no_more_queries(client, portal):
    log_in(client)
    counts = []
    for _ in range(2):
        for _ in range(4):
            image = make_image(description="")
            make_article(portal.news, cover=image, body=[("image", figure(image))])
        client.get(reverse(REPORT))
        counts.append(queries_of(client, reverse(REPORT)))

    assert counts[0] == counts[1]


def test_the_form_asks_for_the_descriptions_of_pictures_the_user_may_see(client, portal, editors):
    described, bare = make_image(description="Cầu Bến Ngà"), make_image(description="")
    other = make_portal("go-say.localhost", "Phường Gò Sậy")
    create_site_groups(site=other.site)
    hidden = Collection.objects.get(name="Phường Gò Sậy").get_children().get()
    secret = make_image(description="Không cho xem", collection=hidden)
    log_in(client, make_user("bien-tap", editors[0]))
    asked = [described.pk, bare.pk, secret.pk, "x", "9" * 40]

    answer = client.get(reverse("picture_descriptions"), {"id": asked}).json()

    assert answer == {"descriptions": {str(described.pk): "Cầu Bến Ngà", str(bare.pk): ""}}
    form = client.get(
        reverse("wagtailadmin_pages:edit", args=[make_article(portal.news, cover=bare).pk])
    )
    assert "alternative_texts.js" in form.content.decode()


def test_the_name_of_a_file_is_no_alternative_text(client, portal, editors):
    names = ["IMG_0412.JPG", "cau ben nga", "cau_ben_nga", "anh-cau.webp"]
    pictures = [make_image(description=name) for name in names]
    for picture, name in zip(pictures, names, strict=True):
        stem = "IMG_0412" if name.startswith("IMG") else "cau_ben_nga"
        type(picture).objects.filter(pk=picture.pk).update(file=f"original_images/{stem}.jpg")
    told = make_image(description="Cầu Bến Ngà lúc 5 giờ")
    make_article(
        portal.news, title="Tên tệp", body=[("image", figure(p)) for p in [*pictures, told]]
    )
    log_in(client, make_user("bien-tap", editors[0]))

    asked = {"id": [each.pk for each in [*pictures, told]]}
    answer = client.get(reverse("picture_descriptions"), asked).json()["descriptions"]

    assert answer == {str(each.pk): "" for each in pictures} | {str(told.pk): told.description}
    assert len(pictures_of(client)) == len(pictures)
