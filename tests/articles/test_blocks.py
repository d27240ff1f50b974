"""Each block as a reader sees it, as both APIs give it, and as a picker of blocks previews it."""

from django.template.loader import render_to_string
from django.urls import reverse
from wagtail.blocks import StreamValue
from wagtail.test.utils import WagtailPageTestCase

from articles.models import ArticlePage
from tests.factories import (
    log_in,
    make_article,
    make_directive,
    make_document,
    make_english,
    make_image,
    make_portal,
    paragraph,
    restrict,
    translate,
)

EVIL = '<img src=x onerror="alert(1)">'


def table(*rows, caption="Lịch thu gom rác"):
    value = {
        "data": [list(row) for row in rows],
        "cell": [],
        "mergeCells": [],
        "first_row_is_table_header": True,
        "first_col_is_header": False,
        "table_header_choice": "row",
        "table_caption": caption,
    }
    return ("table", value)


class BlockTests(WagtailPageTestCase):
    @classmethod
    def setUpTestData(cls):
        cls.portal = make_portal()
        cls.image = make_image(description="Cây cầu")
        cls.document = make_document("Tờ khai")
        cls.directive = make_directive(cls.portal.register, subject="Phí vệ sinh")

    def every_block(self):
        figure = {"image": self.image, "alt_text": "Cầu mới", "caption": "Ảnh: Lan Chi"}
        return [
            ("heading", {"text": "Nộp ở đâu", "level": "h3"}),
            paragraph("Một <b>đoạn</b>."),
            ("image", figure),
            ("gallery", [figure, {"image": self.image, "alt_text": "", "caption": "Hai"}]),
            ("quote", {"text": "Đường đẹp quá", "attribution": "Bà Tư"}),
            ("download", {"document": self.document, "description": "Mẫu số 01"}),
            table(["Thứ", "Giờ"], ["Thứ Hai", "18:00"]),
            ("embed", {"url": "https://vimeo.com/76979871", "caption": "Hướng dẫn"}),
            ("directive", {"directive": self.directive, "note": "Quy định mức thu"}),
            ("callout", {"kind": "deadline", "title": "Hạn cuối", "text": "<p>30/11</p>"}),
        ]

    def api_body(self, article):
        versions = [
            self.client.get(f"/api/v2/pages/{article.pk}/").json()["body"],
            self.client.get(f"/api/v3/pages/{article.pk}/").json()["body"],
        ]
        assert versions[0] == versions[1]
        return {block["type"]: block["value"] for block in versions[0]}

    def test_the_tests_know_every_block(self):
        blocks = ArticlePage._meta.get_field("body").stream_block.child_blocks

        assert {name for name, value in self.every_block()} == set(blocks)

    def test_readers_see_every_block(self):
        article = make_article(self.portal.news, body=self.every_block())

        html = self.client.get(article.url).content.decode()

        for text in (
            "Nộp ở đâu",
            "Một <b>đoạn</b>.",
            'alt="Cầu mới"',
            'alt="Cây cầu"',
            "Ảnh: Lan Chi",
            "Đường đẹp quá",
            "Bà Tư",
            f'href="{self.document.url}"',
            "Mẫu số 01",
            "Lịch thu gom rác",
            "18:00",
            "https://vimeo.com/76979871",
            "Phí vệ sinh",
            "Quy định mức thu",
            "Hạn cuối",
            "30/11",
        ):
            assert text in html, text

    def test_both_apis_give_every_block_with_what_a_client_needs(self):
        body = self.api_body(make_article(self.portal.news, body=self.every_block()))

        assert body["heading"] == {"text": "Nộp ở đâu", "level": "h3"}
        assert "<b>đoạn</b>" in body["paragraph"]
        image = body["image"]["image"]
        assert image["alt"] == "Cầu mới"
        assert image["renditions"]
        for rendition in image["renditions"]:
            assert rendition["url"].startswith("http")
            assert (rendition["width"], rendition["height"]) == (64, 48)
        assert [figure["image"]["alt"] for figure in body["gallery"]] == ["Cầu mới", "Cây cầu"]
        file = body["download"]["file"]
        assert file["url"].startswith("http")
        assert (file["title"], file["extension"]) == ("Tờ khai", "pdf")
        assert file["size"] == self.document.file_size
        assert body["table"]["rows"] == [["Thứ", "Giờ"], ["Thứ Hai", "18:00"]]
        assert body["table"]["caption"] == "Lịch thu gom rác"
        assert body["embed"]["player"].startswith("https://player.vimeo.com/")
        assert body["directive"]["directive"]["id"] == self.directive.pk
        assert body["directive"]["directive"]["title"] == self.directive.title
        assert body["callout"]["kind"] == "deadline"

    def test_a_document_that_is_not_public_shows_in_no_block(self):
        draft = make_directive(self.portal.register, subject="Còn là nháp", live=False)
        private = make_directive(self.portal.register, subject="Nội bộ")
        restrict(private)
        for directive in (draft, private):
            block = ("directive", {"directive": directive, "note": "Ghi chú"})
            article = make_article(self.portal.news, body=[block])

            html = self.client.get(article.url).content.decode()

            assert directive.subject not in html
            assert directive.title not in html
            assert "Ghi chú" in html
            assert self.api_body(article)["directive"] == {"directive": None, "note": "Ghi chú"}

    def test_a_document_is_shown_in_the_readers_language(self):
        english = make_english(self.portal)
        translate(self.directive, subject="Cleaning fee")
        block = ("directive", {"directive": self.directive, "note": ""})
        article = make_article(english.news, body=[block])

        response = self.client.get(article.url)

        self.assertContains(response, "Cleaning fee")

    def test_a_document_is_given_in_the_articles_language(self):
        english = make_english(self.portal)
        translated = translate(self.directive, subject="Cleaning fee")
        block = ("directive", {"directive": self.directive, "note": ""})

        body = self.api_body(make_article(english.news, body=[block]))

        assert body["directive"]["directive"]["id"] == translated.pk

    def test_text_with_markup_stays_text(self):
        body = [
            ("heading", {"text": EVIL, "level": "h2"}),
            ("image", {"image": self.image, "alt_text": EVIL, "caption": EVIL}),
            ("gallery", [{"image": self.image, "alt_text": EVIL, "caption": EVIL}] * 2),
            ("quote", {"text": EVIL, "attribution": EVIL}),
            ("download", {"document": make_document(EVIL), "description": EVIL}),
            table([EVIL, EVIL], [EVIL, EVIL], caption=EVIL),
            ("embed", {"url": "https://vimeo.com/76979871", "caption": EVIL}),
            ("directive", {"directive": self.directive, "note": EVIL}),
            ("callout", {"kind": "note", "title": EVIL, "text": ""}),
        ]
        article = make_article(self.portal.news, body=body)

        soup = self.get_soup(self.client.get(article.url).content)

        assert not soup.find_all(onerror=True)
        assert not soup.find_all("img", src="x")
        assert soup.main.get_text().count(EVIL) >= len(body)

    def test_a_file_that_was_deleted_leaves_an_article_readable(self):
        article = make_article(self.portal.news, body=self.every_block())
        self.image.delete()
        self.document.delete()

        response = self.client.get(article.url)

        self.assertContains(response, "Ảnh: Lan Chi")
        assert self.client.get(f"/api/v2/pages/{article.pk}/").status_code == 200
        assert self.client.get(f"/api/v3/pages/{article.pk}/").status_code == 200

    def test_every_block_has_a_preview_that_shows_something(self):
        log_in(self.client)
        stream = ArticlePage._meta.get_field("body").stream_block

        for name, block in stream.child_blocks.items():
            with self.subTest(block=name):
                response = self.client.get(
                    reverse("wagtailadmin_block_preview"), {"id": block.definition_prefix}
                )
                assert self.get_soup(response.content).body.get_text(strip=True)

    def test_a_search_finds_words_of_every_block(self):
        body = StreamValue(ArticlePage._meta.get_field("body").stream_block, self.every_block())
        words = " ".join(body.stream_block.get_searchable_content(body))

        for text in ("Nộp ở đâu", "đoạn", "Lan Chi", "Đường đẹp quá", "Mẫu số 01", "30/11"):
            assert text in words, text

    def test_the_body_of_no_blocks_prints_nothing(self):
        stream = ArticlePage._meta.get_field("body").stream_block

        html = render_to_string(
            "civic_articles/blocks/body.html",
            {"self": StreamValue(stream, []), "shown_directives": {}},
        )

        assert not self.get_soup(html).get_text(strip=True)
