"""Tables as imports and editors bring them: cells that are no texts, and far too many of them."""

import json
import time

import pytest
from django.urls import reverse
from wagtail.models import APIToken, Page
from wagtail_localize.models import StringSegment, Translation, TranslationSource

from articles.blocks.table_values import MAX_CELLS
from articles.models import ArticlePage
from tests.factories import language, log_in, make_article, make_english, make_portal, publish

IMPORTED = {
    "data": [["Năm", 2026], ["Số", 15.0], ["Tỷ lệ", 2.5, True], ["Trống", None], []],
    "cell": [],
    "mergeCells": [],
    "first_row_is_table_header": True,
    "first_col_is_header": False,
    "table_header_choice": "row",
    "table_caption": "Bảng",
}
READ = [
    ["Năm", "2026", None],
    ["Số", "15", None],
    ["Tỷ lệ", "2.5", "true"],
    ["Trống", None, None],
    [None, None, None],
]


def table(data, **fields):
    return ("table", IMPORTED | {"data": data} | fields)


@pytest.fixture
def portal(db):
    return make_portal()


def stored_raw(article, value):
    """Writes a value past all blocks, as an import in SQL does."""
    body = json.dumps([{"type": "table", "value": value, "id": "a"}])
    ArticlePage.objects.filter(pk=article.pk).update(body=body)
    return ArticlePage.objects.get(pk=article.pk)


def test_numbers_in_cells_are_read_as_text_in_the_page_and_both_apis(portal, client):
    article = stored_raw(make_article(portal.news), IMPORTED)

    page = client.get(article.url)
    v2 = client.get(f"/api/v2/pages/{article.pk}/").json()
    v3 = client.get(f"/api/v3/pages/{article.pk}/").json()

    assert page.status_code == 200
    assert "<td>15</td>" in page.content.decode()
    assert v2["body"][0]["value"]["rows"] == READ
    assert v3["body"][0]["value"]["rows"] == READ


def test_an_article_with_numbers_in_cells_is_found_by_them(portal, client):
    article = make_article(portal.news, body=[("table", IMPORTED)])

    for words in ("2026", "Tỷ lệ"):
        found = client.get("/api/v3/search/", {"q": words}).json()
        assert [each["id"] for each in found["articles"]["items"]] == [article.pk], words


def test_numbers_in_cells_are_offered_to_translators(portal):
    make_english(portal)
    article = make_article(portal.news)
    stored_raw(article, IMPORTED)

    source, _made = TranslationSource.update_or_create_from_instance(
        ArticlePage.objects.get(pk=article.pk)
    )
    translation = Translation.objects.create(source=source, target_locale=language("en"))
    translation.save_target(publish=True)

    strings = StringSegment.objects.filter(source=source)
    assert "2026" in strings.values_list("string__data", flat=True)
    copy = article.get_translation(language("en"))
    assert copy.body[0].value["data"] == READ


@pytest.mark.parametrize(
    "value",
    [
        None,
        {},
        "bảng",
        [],
        {"data": None},
        {"data": "x"},
        {"data": [None, 5, "x", {"a": 1}]},
        {"data": [[{"a": 1}, ["x"]]], "table_caption": 5},
        {"data": [["x"]], "cell": None, "mergeCells": False},
        {"data": [["x"]], "cell": [{"row": 0, "col": 0}], "mergeCells": [{"row": 0}]},
        {"data": [["x"]], "cell": [{"row": [], "col": {}, "className": "a"}]},
    ],
)
def test_what_is_hardly_a_table_breaks_no_page(portal, client, value):
    article = stored_raw(make_article(portal.news), value)
    publish(article)

    assert client.get(article.url).status_code == 200
    assert client.get(f"/api/v2/pages/{article.pk}/").status_code == 200
    assert client.get(f"/api/v3/pages/{article.pk}/").status_code == 200


def test_styles_merged_and_hidden_cells_are_shown_as_the_editor_made_them(portal, client):
    article = make_article(
        portal.news,
        body=[
            table(
                [["Thứ", "Giờ"], ["Hai\nBa", "<b>7:30</b>"]],
                cell=[
                    {"row": 1, "col": 0, "className": 'htCenter"'},
                    {"row": 0, "col": 1, "hidden": True},
                ],
                mergeCells=[{"row": 0, "col": 0, "rowspan": 1, "colspan": 2}],
                first_col_is_header=True,
            )
        ],
    )

    html = client.get(article.url).content.decode()

    assert '<tr><th scope="col" rowspan="1" colspan="2">Thứ</th></tr>' in html
    assert '<th scope="row" class="htCenter&quot;">Hai<br>Ba</th>' in html
    assert "<td>&lt;b&gt;7:30&lt;/b&gt;</td>" in html


def test_a_table_that_no_page_can_bear_is_refused_at_its_block(portal, client):
    log_in(client)
    large = IMPORTED | {"data": [["ô"] * 50] * 500}
    wide = IMPORTED | {"data": [["ô"] * 101]}
    for value, words in ((large, "25000"), (wide, "101")):
        data = {
            "title": "Bài có bảng",
            "slug": "bai-co-bang",
            "summary": "Tóm tắt.",
            "published_at": "2026-01-01 08:00",
            "body-count": "1",
            "body-0-type": "table",
            "body-0-order": "0",
            "body-0-deleted": "",
            "body-0-id": "",
            "body-0-value": json.dumps(value),
            "action-publish": "x",
        }

        response = client.post(
            reverse(
                "wagtailadmin_pages:add", args=["civic_articles", "articlepage", portal.news.pk]
            ),
            data,
        )

        assert response.status_code == 200
        errors = response.context["form"].errors["body"].as_data()[0]
        error = errors.block_errors[0]
        assert words in error.messages[0]
        assert not Page.objects.filter(slug="bai-co-bang").exists()


def test_a_larger_table_that_is_stored_already_is_shown_within_reason(portal, client):
    article = stored_raw(
        make_article(portal.news), IMPORTED | {"data": [[f"Ô {n}" for n in range(50)]] * 500}
    )

    started = time.process_time()
    response = client.get(article.url)

    assert response.status_code == 200
    assert len(response.content) < 700_000
    assert time.process_time() - started < 2
    assert MAX_CELLS < 500 * 50


def test_a_table_that_no_page_can_bear_is_a_problem_over_the_api(portal, client):
    _token, key = APIToken.create_token(user=log_in(client), name="tests")
    article = make_article(portal.news)
    value = {"data": [["ô"] * 50] * 500, "table_header_choice": "row"}

    response = client.patch(
        f"/api/v3/pages/{article.pk}/",
        {
            "meta": {"action": "publish"},
            "body": [{"type": "table", "value": value}],
        },
        content_type="application/json",
        headers={"authorization": f"Bearer {key}"},
    )

    assert response.status_code == 422
    [error] = response.json()["errors"]
    assert error["loc"] == ["body", 0]
    assert "25000" in error["msg"]
    article.refresh_from_db()
    assert article.body[0].block_type == "paragraph"


def test_numbers_in_cells_are_taken_over_the_api_and_read_as_text(portal, client):
    _token, key = APIToken.create_token(user=log_in(client), name="tests")
    article = make_article(portal.news)
    data = [["Năm", 2024, True], ["Hộ", 15.0, 1.5], ["Ghi chú", None, "x"]]

    response = client.patch(
        f"/api/v3/pages/{article.pk}/",
        {"meta": {"action": "publish"}, "body": [{"type": "table", "value": {"data": data}}]},
        content_type="application/json",
        headers={"authorization": f"Bearer {key}"},
    )

    assert response.status_code == 200, response.content
    rows = client.get(f"/api/v3/pages/{article.pk}/").json()["body"][0]["value"]["rows"]
    assert rows == [["Năm", "2024", "true"], ["Hộ", "15", "1.5"], ["Ghi chú", None, "x"]]
    assert "2024" in client.get(article.url).content.decode()
