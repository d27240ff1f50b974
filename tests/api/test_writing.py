"""Writing articles and official documents over API v3: permissions, validation and refusals."""

import json

from django.test import Client, TestCase
from wagtail.models import APIToken, Collection, CollectionViewRestriction, Page

from articles.models import ArticlePage
from directives.models import DirectivePage
from home.services import create_site_groups
from tests.api.answers import Document
from tests.factories import (
    document_type,
    issuing_body,
    language,
    log_in,
    make_article,
    make_category,
    make_directive,
    make_document,
    make_image,
    make_links,
    make_map,
    make_portal,
    make_superuser,
    make_user,
)


class Writer:
    """A client with a user's token; without a user an anonymous client."""

    def __init__(self, user=None):
        self.client = Client()
        self.headers = {}
        if user:
            _token, key = APIToken.create_token(user=user, name="tests")
            self.headers = {"Authorization": f"Bearer {key}"}

    def ask(self, method, path, data=None):
        return self.client.generic(
            method,
            f"/api/v3{path}",
            json.dumps(data) if data is not None else "",
            content_type="application/json",
            headers=self.headers,
        )

    def create(self, data, publish=False):
        meta = data["meta"] | ({"action": "publish"} if publish else {})
        return self.ask("POST", "/pages/", data | {"meta": meta})

    def change(self, page, publish=False, **data):
        meta = {"meta": {"action": "publish"}} if publish else {}
        return self.ask("PATCH", f"/pages/{page.pk}/", data | meta)

    def act(self, page, action, data=None):
        return self.ask("POST", f"/pages/{page.pk}/actions/{action}/", data)


class WritingTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.portal = make_portal()
        cls.other = make_portal("go-say.localhost", "Phường Gò Sậy")
        cls.type = document_type()
        cls.body = issuing_body()
        editors, moderators = create_site_groups(site=cls.portal.site)
        cls.editor = Writer(make_user("bien-tap", editors))
        cls.moderator = Writer(make_user("duyet-bai", moderators))

    def article(self, **fields):
        meta = {"type": "civic_articles.ArticlePage", "parent_id": self.portal.news.pk}
        data = {"meta": meta, "title": "Đường mới", "summary": "Thông xe."}
        return data | {"body": [{"type": "paragraph", "value": "<p>Sáng nay.</p>"}]} | fields

    def directive(self, **fields):
        return {
            "meta": {
                "type": "civic_directives.DirectivePage",
                "parent_id": self.portal.register.pk,
            },
            "title": "",
            "document_number": "65/KH-UBND",
            "document_type_id": self.type.pk,
            "issuing_body_id": self.body.pk,
            "subject": "Về việc làm sạch kênh",
            "issued_on": "2024-03-15",
        } | fields

    def written(self, response, status=200):
        """Return the response to a write, validated against the OpenAPI document."""
        assert response.status_code == status, response.content.decode()
        page = response.json()
        document = Document(self.client)
        assert document.complaints(page, "/pages/{page_id}/") == []
        return page

    def refused(self, response, *places, status=422):
        """Return the messages of a problem, which must name each of `places` and no other."""
        assert response.status_code == status, response.content.decode()
        assert response["Content-Type"] == "application/problem+json"
        errors = response.json().get("errors", [])
        assert [error["loc"][-1] for error in errors] == list(places), errors
        return [error["msg"] for error in errors]


class ArticleTests(WritingTests):
    def test_an_editor_writes_all_of_an_article(self):
        category, cover = make_category(), make_image()
        directive, neighbour = make_directive(self.portal.register), make_article(self.portal.news)
        file = make_document()
        blocks = [
            {"type": "heading", "value": {"text": "Tuyến đường", "level": "h3"}},
            {"type": "paragraph", "value": {"format": "db_markdown", "content": "**Sáng** nay."}},
            {"type": "image", "value": {"image": cover.pk, "caption": "Cầu"}},
            {"type": "gallery", "value": [{"image": cover.pk}, {"image": cover.pk}]},
            {"type": "quote", "value": {"text": "Đi lại dễ hơn.", "attribution": "Bà Năm"}},
            {"type": "download", "value": {"document": file.pk}},
            {"type": "table", "value": {"data": [["Thứ", "Giờ"], ["Hai", None]]}},
            {"type": "embed", "value": {"url": "https://www.youtube.com/watch?v=aqz-KE-bpKQ"}},
            {"type": "directive", "value": {"directive": directive.pk, "note": "Xem"}},
            {"type": "callout", "value": {"kind": "warning", "text": "<p>Chú ý.</p>"}},
        ]

        page = self.written(
            self.moderator.create(
                self.article(
                    body=blocks,
                    byline="Lan Chi",
                    source="Báo tỉnh",
                    published_at="2024-03-15T08:00:00+07:00",
                    category_id=category.pk,
                    cover_id=cover.pk,
                    cover_alt="Cầu mới",
                    tags=["giao thông", "khu phố 3, 4"],
                    feedback_modes=[{"comments": "closed"}],
                    related_directives=[{"directive_id": directive.pk}],
                    related_articles=[{"article_id": neighbour.pk}],
                    search_description="Đường mới thông xe.",
                ),
                publish=True,
            ),
            201,
        )

        assert page["meta"]["slug"] == "duong-moi"
        assert page["category"]["id"] == category.pk
        assert page["cover"]["alt"] == "Cầu mới"
        assert page["tags"] == ["giao thông", "khu phố 3, 4"]
        assert page["comments_open"] is False
        assert page["published_at"].startswith("2024-03-15T")
        assert [each["id"] for each in page["documents"]] == [directive.pk]
        assert [each["id"] for each in page["related"]] == [neighbour.pk]
        assert [each["type"] for each in page["body"]] == [each["type"] for each in blocks]
        assert "<b>Sáng</b> nay." in page["body"][1]["value"]
        html = self.client.get("/tin-tuc/duong-moi/").content.decode()
        for text in ("Tuyến đường", "Đi lại dễ hơn.", "Thứ", "Chú ý."):
            assert text in html

    def test_a_change_leaves_alone_what_it_does_not_name(self):
        neighbour = make_article(self.portal.news)
        page = self.written(
            self.editor.create(
                self.article(byline="Lan", related_articles=[{"article_id": neighbour.pk}])
            ),
            201,
        )
        article = ArticlePage.objects.get(pk=page["id"])

        changed = self.written(self.editor.change(article, summary="Đã thông xe."))

        assert changed["summary"] == "Đã thông xe."
        assert changed["byline"] == "Lan"
        assert changed["body"] == page["body"]
        assert [each["id"] for each in changed["related"]] == [neighbour.pk]

    def test_a_published_article_stays_as_it_is_until_its_change_is_published(self):
        article = make_article(self.portal.news, title="Cũ")
        self.written(self.editor.change(article, title="Mới"))
        assert self.client.get(f"/api/v3/pages/{article.pk}/").json()["title"] == "Cũ"

        self.written(self.moderator.act(article, "publish"))

        assert self.client.get(f"/api/v3/pages/{article.pk}/").json()["title"] == "Mới"

    def test_a_block_that_does_not_fit_is_named(self):
        image = make_image().pk
        cases = [
            (["x"], 0),
            ([{"value": 1}], 0),
            ([{"type": "nonsense", "value": 1}], 0),
            ([{"type": "paragraph"}], "value"),
            ([{"type": "paragraph", "value": "<p>x</p>", "id": 5}], "id"),
            ([{"type": "quote", "value": "x"}], "value"),
            ([{"type": "quote", "value": {"texte": "x"}}], "texte"),
            ([{"type": "gallery", "value": {"a": 1}}], "value"),
            ([{"type": "table", "value": {"data": 5}}], "data"),
            ([{"type": "table", "value": {"data": [["x", {"a": 1}]]}}], "str"),
            ([{"type": "table", "value": {"rows": []}}], "data"),
            ([{"type": "image", "value": {"image": "x"}}], "image"),
            ([{"type": "image", "value": {"image": 2**70}}], "image"),
            ([{"type": "image", "value": {"image": {"id": image}}}], "image"),
        ]
        for body, place in cases:
            with self.subTest(body=body):
                response = self.editor.create(self.article(body=body))

                assert response.status_code == 422, response.content
                places = [error["loc"][3:] for error in response.json()["errors"]]
                assert places[0][0] == "body", places
                assert place in {each[-1] for each in places}, places
        assert not ArticlePage.objects.exists()

    def test_what_a_block_itself_forbids_is_refused(self):
        video = [{"type": "embed", "value": {"url": "https://video.example/1"}}]

        self.refused(self.editor.create(self.article(body=video)), "url")

    def test_an_error_in_a_block_says_in_which_and_why(self):
        video = {"type": "embed", "value": {"url": "https://video.example/1"}}
        body = [*self.article()["body"], video]

        response = self.editor.create(self.article(body=body))

        [message] = self.refused(response, "url")
        assert response.json()["errors"][0]["loc"] == ["body", len(body) - 1, "url"]
        assert "YouTube" in message

    def test_markup_that_a_paragraph_may_not_hold_is_taken_out(self):
        text = '<p onclick="x()">Chào<script>alert(1)</script></p>'

        response = self.editor.create(self.article(body=[{"type": "paragraph", "value": text}]))

        page = self.written(response, 201)
        assert "script" not in page["body"][0]["value"]
        assert "onclick" not in page["body"][0]["value"]
        assert page["meta"]["warnings"]

    def test_what_does_not_fit_or_is_not_there_is_named(self):
        article = make_article(self.portal.news)
        cases = [
            ({"summary": "x" * 301}, "summary"),
            ({"published_at": "hôm qua"}, "published_at"),
            ({"category_id": 2**70}, "category_id"),
            ({"category_id": 987654}, "category"),
            ({"cover_id": "x"}, "cover_id"),
            ({"related_articles": [{"article_id": 2**70}]}, "article_id"),
            ({"related_articles": [{"article_id": article.pk}]}, "article"),
            ({"related_directives": [{"directive_id": article.pk}]}, "directive"),
            ({"byline": "a\0b"}, "byline"),
            ({"slug": "a/b"}, "slug"),
            ({"title": ""}, "title"),
        ]
        for data, place in cases:
            with self.subTest(data=data):
                self.refused(self.editor.change(article, **data), place)

    def test_a_category_of_another_language_is_refused(self):
        english = make_category("Education", locale=language("en"))

        self.refused(self.editor.create(self.article(category_id=english.pk)), "category")


class HostileBodyTests(WritingTests):
    """Malformed bodies are refused and never cause a server error."""

    def send(self, method, path, body):
        client, headers = self.moderator.client, self.moderator.headers
        address = f"/api/v3{path}"
        return client.generic(
            method, address, body, content_type="application/json", headers=headers
        )

    def test_a_body_that_is_no_object_is_refused(self):
        page = make_article(self.portal.news)
        for body in ("null", "[]", "[1]", "1", '"x"', "NaN"):
            with self.subTest(body=body):
                self.refused(self.send("POST", "/pages/", body), "body")
                self.refused(self.send("PATCH", f"/pages/{page.pk}/", body), "body")

    def test_a_body_nested_without_end_is_refused(self):
        for depth in (300, 700, 900, 990, 5000, 100_000):
            for opening, closing in (("[", "]"), ('{"a":', "}")):
                body = f'{{"title": "x", "y": {opening * depth}1{closing * depth}}}'
                with self.subTest(depth=depth, opening=opening):
                    response = self.send("POST", "/pages/", body)

                    assert response.status_code == 422, response.content

    def test_what_no_database_keeps_is_refused_wherever_it_stands(self):
        page = make_article(self.portal.news)
        image = make_image().pk
        for text in ("a\0b", "\ud800", "a\udfff"):
            cases = [
                ({"summary": text}, "summary"),
                ({"tags": ["x", text]}, 1),
                ({text: "x"}, "body"),
                (self.block("paragraph", f"<p>{text}</p>"), "value"),
                (self.block("paragraph", {"format": "db_markdown", "content": text}), "content"),
                (self.block("paragraph", "<p>x</p>", id=text), "id"),
                (self.block("image", {"image": image, "caption": text}), "caption"),
                (self.block("table", {"data": [[text]]}), 0),
                (self.block("table", {"data": [["x"]], "table_caption": text}), "table_caption"),
            ]
            for data, place in cases:
                with self.subTest(text=text, place=place):
                    self.refused(self.moderator.change(page, publish=True, **data), place)
            self.refused(self.moderator.act(page, "copy", {"title": text}), "title")

    def test_text_nested_without_end_is_refused(self):
        page = make_directive(self.portal.register)
        for text in ("<b>" * 2000, "<ul><li>" * 500):
            with self.subTest(text=text[:10]):
                self.refused(self.moderator.change(page, body=text))
                self.refused(self.moderator.create(self.article(**self.block("paragraph", text))))

    def test_a_link_that_names_no_page_leaves_its_words(self):
        page = make_directive(self.portal.register)
        for pk in ('id="abc"', 'id=""', "", 'id="-1"', f'id="{"9" * 30}"'):
            with self.subTest(pk=pk):
                text = f'<p><a linktype="page" {pk}>Lời</a></p>'

                self.written(self.moderator.change(page, publish=True, body=text))

                for form in ("db_html", "html", "markdown", "db_markdown"):
                    address = f"/api/v3/pages/{page.pk}/?rich_text_format={form}"
                    assert "Lời" in self.client.get(address).json()["body"]
                self.assertContains(self.client.get(page.url), "Lời")

    def test_moments_have_a_date_in_every_time_zone(self):
        page = make_article(self.portal.news)
        for moment in (
            "9999-12-31T23:59:59Z",
            "9999-12-31T23:59:59-12:00",
            "0001-01-01T00:00:00+14:00",
        ):
            with self.subTest(moment=moment):
                self.refused(self.editor.change(page, published_at=moment), "published_at")

    def test_a_table_merges_cells_that_are_named(self):
        page = make_article(self.portal.news)
        table = {"data": [["a", "b"]], "mergeCells": True}
        assert self.editor.change(page, **self.block("table", table)).status_code == 422

        table["mergeCells"] = False
        self.written(self.moderator.change(page, publish=True, **self.block("table", table)))

        self.assertContains(self.client.get(page.url), "<td>a</td>", html=True)

    def block(self, kind, value, **fields):
        return {"body": [{"type": kind, "value": value, **fields}]}


class DirectiveTests(WritingTests):
    def test_an_editor_writes_all_of_a_document(self):
        older, file = make_directive(self.portal.register), make_document(title="Tệp")

        page = self.written(
            self.moderator.create(
                self.directive(
                    effective_on="2024-04-01",
                    expires_on="2025-04-01",
                    signer="Trần Văn Nam",
                    signer_title="Chủ tịch",
                    status_override="suspended",
                    body={"format": "db_markdown", "content": "## Điều 1\n\nLàm sạch kênh."},
                    attachments=[{"document_id": file.pk, "title": "Toàn văn"}],
                    relations=[{"kind": "replaces", "target_id": older.pk, "partly": True}],
                ),
                publish=True,
            ),
            201,
        )

        assert page["title"] == "Kế hoạch số 65/KH-UBND"
        assert page["meta"]["slug"] == "ke-hoach-65-kh-ubnd-2024-03-15"
        assert page["document_type"]["code"] == self.type.code
        assert page["issuing_body"]["id"] == self.body.pk
        assert page["legal_status"] == "suspended"
        assert [each["title"] for each in page["attachments"]] == ["Toàn văn"]
        [relations] = page["relations"]["acts_on"]
        assert (relations["code"], relations["partly"]) == ("replaces", True)
        assert "Điều 1</h2>" in page["body"]
        address = "/van-ban/ke-hoach-65-kh-ubnd-2024-03-15/"
        self.assertContains(self.client.get(address), "Trần Văn Nam")

    def test_its_address_is_made_of_its_number_under_any_title(self):
        page = self.written(self.editor.create(self.directive(title="Làm sạch kênh")), 201)

        assert page["title"] == "Làm sạch kênh"
        assert page["meta"]["slug"] == "ke-hoach-65-kh-ubnd-2024-03-15"

    def test_a_document_needs_a_number(self):
        without = {name: value for name, value in self.directive().items() if "number" not in name}

        self.refused(self.editor.create(without), "document_number")
        self.refused(self.editor.create(self.directive(document_number="")), "document_number")
        nameless = self.directive(document_number="", title="Làm sạch kênh")
        self.refused(self.moderator.create(nameless, publish=True), "document_number")
        assert not DirectivePage.objects.exists()

    def test_a_document_that_has_a_page_is_refused(self):
        self.written(self.editor.create(self.directive()), 201)

        [message] = self.refused(self.editor.create(self.directive()), "document_number")

        assert "Kế hoạch số 65/KH-UBND" in message
        changed = make_directive(self.portal.register, document_number="66/KH-UBND")
        self.refused(self.editor.change(changed, document_number="65/KH-UBND"), "document_number")

    def test_what_does_not_fit_or_is_not_there_is_named(self):
        page = make_directive(self.portal.register)
        cases = [
            ({"document_number": "x" * 101}, "document_number"),
            ({"issued_on": "hôm qua"}, "issued_on"),
            ({"effective_on": "2020-01-01"}, "effective_on"),
            ({"effective_on": "2024-04-01", "expires_on": "2024-03-20"}, "expires_on"),
            ({"status_override": "nonsense"}, "status_override"),
            ({"document_type_id": None}, "document_type"),
            ({"document_type_id": 0}, "document_type_id"),
            ({"issuing_body_id": 987654}, "issuing_body"),
            ({"attachments": [{"document_id": 2**70}]}, "document_id"),
            ({"attachments": [{"document_id": 987654}]}, "document"),
            ({"attachments": [{"title": "x"}]}, "document"),
            ({"relations": [{"kind": "nonsense", "target_id": page.pk}]}, "kind"),
            ({"relations": [{"kind": "replaces", "target_id": page.pk}]}, "target"),
            ({"subject": "a\0b"}, "subject"),
        ]
        for data, place in cases:
            with self.subTest(data=data):
                response = self.moderator.change(page, publish=True, **data)

                assert response.status_code == 422, response.content
                assert place in response.json()["errors"][0]["loc"], response.content

    def test_rows_that_are_sent_replace_those_there_are(self):
        page = make_directive(self.portal.register)
        first, second = make_document(), make_document()
        rows = [{"document_id": first.pk}, {"document_id": second.pk}]
        kept = self.written(self.moderator.change(page, publish=True, attachments=rows))
        assert [each["id"] for each in kept["attachments"]] == [first.pk, second.pk]

        left = self.written(self.moderator.change(page, publish=True, attachments=rows[1:]))

        assert [each["id"] for each in left["attachments"]] == [second.pk]


class OtherPageTests(WritingTests):
    def test_what_stands_above_the_sections_is_written(self):
        for page in (self.portal.home, self.portal.news, self.portal.register):
            with self.subTest(page=page.title):
                changed = self.written(self.editor.change(page, introduction="Chào."))

                assert changed["introduction"] == "Chào."

    def test_an_editor_chooses_what_leads_the_front_page(self):
        lead, second = make_article(self.portal.news), make_article(self.portal.news)

        page = self.written(
            self.editor.change(
                self.portal.home, lead_id=lead.pk, featured_articles=[{"article_id": second.pk}]
            )
        )

        assert [each["id"] for each in page["top_stories"]] == [lead.pk, second.pk]

    def test_links_are_written(self):
        links = [{"title": "Cổng tỉnh", "url": "https://lamgiang.example/"}]
        groups = [{"type": "group", "value": {"heading": "Tỉnh", "links": links}}]

        page = self.written(
            self.editor.change(make_links(self.portal.shelf), display="logos", groups=groups)
        )

        assert page["display"] == "logos"
        assert [each["title"] for each in page["groups"][0]["links"]] == ["Cổng tỉnh"]

    def test_a_map_keeps_its_boundaries_when_its_introduction_is_written(self):
        chart = make_map(self.portal.shelf)

        page = self.written(self.moderator.change(chart, publish=True, introduction="Khu phố."))

        assert page["introduction"] == "Khu phố."
        chart.refresh_from_db()
        assert len(chart.boundaries["features"]) == 1


class ClosedFileTests(WritingTests):
    """A restricted document is never revealed, whoever added it to a page."""

    @classmethod
    def setUpTestData(cls):
        super().setUpTestData()
        closed = Collection.get_first_root_node().add_child(name="Chưa công bố")
        CollectionViewRestriction.objects.create(collection=closed, restriction_type="login")
        cls.file = make_document("BÍ MẬT", "bimat.pdf", collection=closed)
        cls.link = f'<p><a linktype="document" id="{cls.file.pk}">Tệp</a></p>'
        # Added by a user who may choose from all collections.
        cls.province = Writer(make_superuser())

    def assert_untold(self, page):
        api = f"/api/v3/pages/{page.pk}/?rich_text_format="
        addresses = [page.url, f"/api/v3/resolve/?path={page.get_url()}"]
        for address in [*addresses, f"{api}html", f"{api}markdown", f"{api}db_html"]:
            with self.subTest(address=address):
                response = self.client.get(address.replace("http://localhost", ""))
                assert response.status_code == 200
                text = response.content.decode()
                assert "bimat" not in text
                assert "BÍ MẬT" not in text
                assert "B\\u00cd" not in text

    def test_in_an_article(self):
        page = make_article(self.portal.news)
        download = {"document": self.file.pk, "description": "Mẫu"}
        blocks = [("download", download), ("paragraph", self.link)]
        body = [{"type": kind, "value": value} for kind, value in blocks]

        self.written(self.province.change(page, publish=True, body=body))

        self.assert_untold(page)
        self.assertContains(self.client.get(page.url), "Mẫu")

    def test_with_an_official_document(self):
        page = make_directive(self.portal.register)
        rows, open_file = [{"document_id": self.file.pk}], make_document("Toàn văn")

        self.written(
            self.province.change(
                page,
                publish=True,
                attachments=[*rows, {"document_id": open_file.pk}],
                body=self.link,
            )
        )

        self.assert_untold(page)
        self.assertContains(self.client.get(page.url), "Toàn văn")


class PermissionTests(WritingTests):
    def test_an_editor_writes_drafts_that_moderators_publish(self):
        page = self.written(self.editor.create(self.article()), 201)
        article = ArticlePage.objects.get(pk=page["id"])
        assert not article.live
        assert self.client.get(f"/api/v3/pages/{article.pk}/").status_code == 404

        refusals = [
            self.editor.act(article, "publish"),
            self.editor.change(article, publish=True, title="Khác"),
            self.editor.create(self.article(title="Khác"), publish=True),
        ]

        for response in refusals:
            self.refused(response, status=403)
        self.written(self.moderator.act(article, "publish"))
        assert self.client.get(f"/api/v3/pages/{article.pk}/").json()["title"] == "Đường mới"

    def test_an_editor_neither_takes_back_nor_deletes_what_is_published(self):
        article = make_article(self.portal.news)

        self.refused(self.editor.act(article, "unpublish"), status=403)
        self.refused(self.editor.ask("DELETE", f"/pages/{article.pk}/"), status=403)

        article.refresh_from_db()
        assert article.live

    def test_nobody_writes_on_another_site(self):
        foreign = make_article(self.other.news)
        meta = {"type": "civic_articles.ArticlePage", "parent_id": self.other.news.pk}
        for writer in (self.editor, self.moderator):
            self.refused(writer.create(self.article(meta=meta)), status=403)
            self.refused(writer.change(foreign, title="Khác"), status=403)
            self.refused(writer.act(foreign, "publish"), status=403)
            destination = {"destination_id": self.portal.news.pk}
            self.refused(writer.act(foreign, "move", destination), status=403)

        foreign.refresh_from_db()
        assert foreign.latest_revision is None

    def test_a_page_stands_only_where_its_type_may(self):
        meta = {"type": "civic_articles.ArticlePage", "parent_id": self.portal.register.pk}

        self.refused(self.editor.create(self.article(meta=meta)), status=403)

    def test_a_locked_page_is_left_alone(self):
        article = make_article(self.portal.news)
        article.locked, article.locked_by = True, make_superuser()
        article.save()

        self.refused(self.editor.change(article, title="Khác"), status=403)

    def test_what_waits_for_moderators_is_closed_to_its_editor(self):
        page = self.written(self.editor.create(self.article()), 201)
        article = ArticlePage.objects.get(pk=page["id"])
        article.get_workflow().start(article, article.owner)

        self.refused(self.editor.change(article, title="Khác"), status=403)

    def test_who_has_no_rights_writes_nothing(self):
        article = make_article(self.portal.news)
        gone = make_user("da-nghi", *create_site_groups(site=self.portal.site))
        gone.is_active = False
        gone.save()
        nobodies = [(make_user("ai-do"), 403), (gone, 401), (None, 401)]
        for user, status in nobodies:
            writer = Writer(user)
            with self.subTest(status=status):
                self.refused(writer.create(self.article()), status=status)
                self.refused(writer.change(article, title="Khác"), status=status)
                self.refused(writer.act(article, "publish"), status=status)
                self.refused(writer.ask("DELETE", f"/pages/{article.pk}/"), status=status)

        assert list(ArticlePage.objects.values_list("pk", "latest_revision")) == [
            (article.pk, None)
        ]

    def test_a_session_is_no_token(self):
        writer = Writer()
        log_in(writer.client)

        self.refused(writer.create(self.article()), status=401)

    def test_answers_to_writers_are_kept_by_nobody(self):
        response = self.editor.create(self.article())

        assert "no-store" in response["Cache-Control"]


class KnownFaultTests(WritingTests):
    """
    What docs/api.md says of Wagtail's own write routes under «Known faults».

    One that fails is good news: Wagtail has mended it, and the guide has a line too many.
    """

    def test_a_second_page_of_a_title_needs_an_address_of_its_own(self):
        self.written(self.editor.create(self.article()), 201)

        self.refused(self.editor.create(self.article()), "slug")

    def test_publishing_an_unfinished_draft_does_not_say_what_is_missing(self):
        page = self.written(self.editor.create(self.article(summary="")), 201)
        article = ArticlePage.objects.get(pk=page["id"])

        response = self.moderator.act(article, "publish")

        assert response.status_code == 422
        assert [list(error) for error in response.json()["errors"]] == [["msg"]]
        self.refused(self.moderator.change(article, publish=True, summary=""), "summary")

    def test_a_field_that_is_not_there_is_ignored(self):
        self.written(self.editor.create(self.article(sumary="x")), 201)

    def test_a_page_created_as_published_is_answered_as_if_it_were_not_yet(self):
        page = self.written(self.moderator.create(self.article(), publish=True), 201)

        assert page["meta"]["first_published_at"] is None

    def test_a_page_is_translated_once(self):
        article, writer = make_article(self.portal.news), Writer(make_superuser())

        response = writer.act(article, "copy_for_translation", {"locale": "vi"})

        assert response.status_code == 422

    def test_no_page_stands_beside_the_root(self):
        article = make_article(self.portal.news)
        root = Page.get_first_root_node()

        response = self.moderator.act(article, "move", {"destination_id": root.pk})

        assert response.status_code == 403

    def test_the_root_is_copied_nowhere(self):
        root, writer = Page.get_first_root_node(), Writer(make_superuser())

        for action in ("copy", "create_alias"):
            assert writer.act(root, action, {}).status_code == 422
