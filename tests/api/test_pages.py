"""Every page type in both APIs: published pages with all fields, drafts and private pages never."""

import datetime
from uuid import uuid4

import pytest
from django.test import TestCase

from articles.models import Category, RelatedArticle
from feedback.services import save_rating
from home.models import FeaturedArticle
from tests.factories import (
    add_card,
    attach,
    boundaries,
    cite,
    language,
    link,
    link_directive,
    link_group,
    log_in,
    make_area,
    make_article,
    make_category,
    make_directive,
    make_document,
    make_english,
    make_image,
    make_links,
    make_map,
    make_place,
    make_portal,
    make_statistics,
    paragraph,
    relate,
    restrict,
    square,
    translate,
)
from tests.queries import queries_of

VERSIONS = ("v2", "v3")


class ApiTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.portal = make_portal()

    def detail(self, page, version):
        response = self.client.get(f"/api/{version}/pages/{page.pk}/")
        assert response.status_code == 200, response.content
        return response.json()

    def details(self, page):
        """Return the representations of `page` in v2 and v3."""
        for version in VERSIONS:
            with self.subTest(version=version):
                yield self.detail(page, version)

    def titles(self, version, query=""):
        response = self.client.get(f"/api/{version}/pages/?{query}")
        assert response.status_code == 200, response.content
        return [item["title"] for item in response.json()["items"]]


class FieldTests(ApiTests):
    def test_an_article(self):
        category = make_category("Giáo dục")
        cover = make_image(description="Sân trường")
        article = make_article(
            self.portal.news,
            title="Khai giảng",
            summary="Năm học mới.",
            byline="Lan Chi",
            source="Báo tỉnh",
            category=category,
            cover=cover,
            body=[paragraph("Một đoạn.")],
        )
        article.tags.set(["trường học", "an toàn"])
        other = make_article(self.portal.news, title="Bài kia")
        directive = make_directive(self.portal.register)
        article.related_articles = [RelatedArticle(article=other, locale=article.locale)]
        link_directive(article, directive)

        for data in self.details(article):
            assert data["title"] == "Khai giảng"
            assert data["summary"] == "Năm học mới."
            assert data["byline"] == "Lan Chi"
            assert data["source"] == "Báo tỉnh"
            assert data["comments_open"] is True
            assert data["published_at"]
            assert data["category"] == {
                "id": category.pk,
                "code": "giao-duc",
                "name": "Giáo dục",
            }
            assert data["tags"] == ["an toàn", "trường học"]
            assert data["cover"]["alt"] == "Sân trường"
            for rendition in data["cover"]["renditions"]:
                assert rendition["url"].startswith("http")
                assert (rendition["width"], rendition["height"]) == (64, 48)
            [block] = data["body"]
            assert block["type"] == "paragraph"
            assert "Một đoạn." in block["value"]
            assert [page["id"] for page in data["documents"]] == [directive.pk]
            assert data["documents"][0]["url"] == directive.full_url
            assert [page["title"] for page in data["related"]] == ["Bài kia"]
            assert data["meta"]["type"] == "civic_articles.ArticlePage"
            assert data["meta"]["locale"] == "vi"

    def test_an_article_with_nothing_but_the_least(self):
        for data in self.details(make_article(self.portal.news)):
            assert data["cover"] is None
            assert data["category"] is None
            assert data["tags"] == []
            assert data["documents"] == data["related"] == data["sidebar"] == []

    def test_a_document(self):
        directive = make_directive(
            self.portal.register,
            document_number="21-KL/TW",
            subject="Xây dựng, chỉnh đốn",
            issued_on=datetime.date(2021, 10, 25),
            effective_on=datetime.date(2021, 11, 1),
            signer="Nguyễn Văn An",
            signer_title="Chủ tịch",
            body="<p>Toàn văn</p>",
        )
        document = make_document("Bản gốc")
        attach(directive, document)
        law, decree = make_directive(self.portal.register), make_directive(self.portal.register)
        relate(directive, "based_on", law)
        relate(decree, "implements", directive)
        citing = make_article(self.portal.news)
        cite(citing, directive)

        for data in self.details(directive):
            assert data["document_number"] == "21-KL/TW"
            assert data["subject"] == "Xây dựng, chỉnh đốn"
            assert data["issued_on"] == "2021-10-25"
            assert data["effective_on"] == "2021-11-01"
            assert data["expires_on"] is None
            assert data["signer"] == "Nguyễn Văn An"
            assert data["legal_status"] == "in_force"
            assert data["document_type"]["code"] == "ke-hoach"
            assert data["document_type"]["name"] == "Kế hoạch"
            assert data["issuing_body"]["name"] == directive.issuing_body.name
            assert "Toàn văn" in data["body"]
            [file] = data["attachments"]
            assert file["title"] == "Bản gốc"
            assert file["url"].startswith("http")
            assert (file["extension"], file["size"]) == ("pdf", document.file_size)
            [acts_on] = data["relations"]["acts_on"]
            [acted_on_by] = data["relations"]["acted_on_by"]
            assert [page["id"] for page in acts_on["directives"]] == [law.pk]
            assert [page["id"] for page in acted_on_by["directives"]] == [decree.pk]
            assert acts_on["label"] != acted_on_by["label"]
            assert (acts_on["code"], acted_on_by["code"]) == ("based_on", "implements")
            assert not acts_on["partly"]
            assert [page["id"] for page in data["cited_by"]] == [citing.pk]

    def test_a_map(self):
        target = make_article(self.portal.news)
        page = make_map(self.portal.shelf, boundaries=boundaries(square("khu-pho-1")))
        make_area(page, "khu-pho-1", label="Một", link_page=target)
        make_place(page, name="Chợ", telephone="0239")

        for data in self.details(page):
            assert data["boundaries"]["type"] == "FeatureCollection"
            assert data["boundaries"]["features"][0]["properties"]["key"] == "khu-pho-1"
            [area] = data["areas"]
            assert (area["key"], area["label"], area["page"]["id"]) == (
                "khu-pho-1",
                "Một",
                target.pk,
            )
            [place] = data["places"]
            assert (place["name"], place["telephone"]) == ("Chợ", "0239")
            assert (place["latitude"], place["longitude"]) == (18.305, 105.905)

    def test_a_map_of_nothing(self):
        for data in self.details(make_map(self.portal.shelf, boundaries=None)):
            assert data["boundaries"] is None

    def test_links(self):
        target = make_article(self.portal.news)
        links = link_group(
            link("Cổng tỉnh", logo=make_image()), link("Bài", url="", page=target), heading="Nhóm"
        )
        page = make_links(self.portal.shelf, groups=[links])

        for data in self.details(page):
            [group] = data["groups"]
            assert group["heading"] == "Nhóm"
            external, internal = group["links"]
            assert external["external"] is True
            assert external["url"] == "https://dichvucong.example/"
            assert external["logo"]["renditions"]
            assert internal["external"] is False
            assert internal["url"] == target.full_url

    def test_statistics(self):
        page = make_statistics(self.portal.shelf)
        for data in self.details(page):
            assert data["figures_url"] == f"http://localhost{page.figures_path}"
            assert "figures" not in data

    def test_sections_and_home(self):
        article = make_article(self.portal.news)
        home = self.portal.home
        home.introduction = "Lời chào"
        home.lead = article
        home.save()

        for data in self.details(home):
            assert data["introduction"] == "Lời chào"
            assert [page["id"] for page in data["top_stories"]] == [article.pk]
        for page in (self.portal.news, self.portal.register):
            for data in self.details(page):
                assert data["introduction"] == ""
        for data in self.details(self.portal.shelf):
            assert data["meta"]["type"] == "civic_widgets.WidgetIndexPage"

    def test_every_page_has_the_cards_beside_it(self):
        widget = make_links(self.portal.shelf, title="Liên kết")
        add_card(self.portal.home, widget, title="Xem thêm")
        article = make_article(self.portal.news)

        for page in (self.portal.home, self.portal.register, article):
            for data in self.details(page):
                [card] = data["sidebar"]
                assert card["title"] == "Xem thêm"
                assert card["widget"]["id"] == widget.pk
                assert card["widget"]["type"] == "civic_widgets.WebsiteLinksPage"

    def test_a_translation_gives_translated_pages_and_terms(self):
        make_english(self.portal)
        directive = make_directive(self.portal.register)
        translated_directive = translate(directive, title="Plan")
        article = make_article(self.portal.news)
        link_directive(article, directive)
        translated = translate(article, title="School begins", slug="school")

        for data in self.details(translated):
            assert data["meta"]["locale"] == "en"
            assert [page["id"] for page in data["documents"]] == [translated_directive.pk]


class HiddenTests(ApiTests):
    @classmethod
    def setUpTestData(cls):
        super().setUpTestData()
        cls.draft = make_article(cls.portal.news, title="BÍ MẬT nháp", live=False)
        cls.private = make_article(cls.portal.news, title="BÍ MẬT riêng")
        restrict(cls.private)
        cls.directive_draft = make_directive(
            cls.portal.register, title="BÍ MẬT văn bản nháp", live=False
        )
        cls.directive_private = make_directive(cls.portal.register, title="BÍ MẬT văn bản")
        restrict(cls.directive_private)
        cls.hidden = [cls.draft, cls.private, cls.directive_draft, cls.directive_private]

    def assert_silent(self, address):
        text = self.client.get(address).content.decode()
        assert "BÍ MẬT" not in text, address
        assert "B\\u00cd M\\u1eacT" not in text, address

    def test_their_ids_are_not_found(self):
        for version in VERSIONS:
            for page in self.hidden:
                response = self.client.get(f"/api/{version}/pages/{page.pk}/")
                assert response.status_code == 404

    def test_they_are_in_no_list_and_no_search(self):
        for version in VERSIONS:
            for query in (
                "",
                "limit=50",
                "type=civic_articles.ArticlePage",
                "type=civic_directives.DirectivePage",
                "search=BÍ+MẬT",
                "search=bi+mat",
                f"child_of={self.portal.news.pk}",
                f"descendant_of={self.portal.home.pk}",
            ):
                self.assert_silent(f"/api/{version}/pages/?{query}")
        self.assert_silent("/api/v2/pages/?type=civic_articles.ArticlePage&fields=*")
        self.assert_silent("/api/v2/pages/?type=civic_directives.DirectivePage&fields=*")

    def test_they_do_not_show_through_an_article(self):
        article = make_article(
            self.portal.news,
            body=[
                ("directive", {"directive": page, "note": ""})
                for page in (self.directive_draft, self.directive_private)
            ],
        )
        article.related_articles = [
            RelatedArticle(article=page, locale=article.locale)
            for page in (self.draft, self.private)
        ]
        for page in (self.directive_draft, self.directive_private):
            link_directive(article, page)

        for version in VERSIONS:
            self.assert_silent(f"/api/{version}/pages/{article.pk}/")

    def test_they_do_not_show_through_a_document(self):
        directive = make_directive(self.portal.register)
        for page in (self.directive_draft, self.directive_private):
            relate(directive, "amends", page)
            relate(page, "replaces", directive)
        for page in (self.draft, self.private):
            cite(page, directive)

        for version in VERSIONS:
            self.assert_silent(f"/api/{version}/pages/{directive.pk}/")
            assert self.detail(directive, version)["legal_status"] == "in_force"

    def test_they_do_not_show_through_the_home_page(self):
        home = self.portal.home
        home.lead = self.draft
        home.featured_articles = [FeaturedArticle(article=self.private, locale=home.locale)]
        home.save()

        for version in VERSIONS:
            self.assert_silent(f"/api/{version}/pages/{home.pk}/")

    def test_they_do_not_show_through_links_maps_and_sidebars(self):
        links = make_links(
            self.portal.shelf,
            groups=[link_group(*(link("Bài", url="", page=page) for page in self.hidden))],
        )
        area_map = make_map(
            self.portal.shelf, boundaries=boundaries(*(square(key) for key in "abcd"))
        )
        for key, page in zip("abcd", self.hidden, strict=True):
            make_area(area_map, key, label=key, link_page=page)
        secret = make_links(self.portal.shelf, title="BÍ MẬT liên kết", live=False)
        add_card(self.portal.home, secret)

        for version in VERSIONS:
            for page in (links, area_map, self.portal.home):
                self.assert_silent(f"/api/{version}/pages/{page.pk}/")

    def test_a_draft_of_a_published_page_is_not_given(self):
        article = make_article(self.portal.news, title="Bản đã đăng")
        article.title = "BÍ MẬT bản sửa"
        article.save_revision()

        for version in VERSIONS:
            self.assert_silent(f"/api/{version}/pages/{article.pk}/")
            self.assert_silent(f"/api/{version}/pages/{article.pk}/?version=draft")
            self.assert_silent(f"/api/{version}/pages/")

    def test_a_parent_that_is_hidden_is_not_named(self):
        article = make_article(self.portal.news)
        news = self.portal.news
        news.title, news.draft_title, news.live = "BÍ MẬT mục", "BÍ MẬT mục", False
        news.save()

        for version in VERSIONS:
            self.assert_silent(f"/api/{version}/pages/{article.pk}/")
            self.assert_silent(
                f"/api/{version}/pages/?type=civic_articles.ArticlePage&fields=parent"
            )

    def test_an_alias_is_not_listed_and_tells_nothing_of_a_hidden_source(self):
        make_english(self.portal)
        source = make_article(self.portal.news, title="Gốc")
        alias = source.copy_for_translation(language("en"), alias=True)
        source.title = source.draft_title = "BÍ MẬT gốc"
        source.save()
        restrict(source)

        for version in VERSIONS:
            self.assert_silent(f"/api/{version}/pages/{alias.pk}/")
            self.assert_silent(f"/api/{version}/pages/?translation_of={source.pk}")
            self.assert_silent(f"/api/{version}/pages/?locale=en")

    def test_a_translation_names_no_hidden_source(self):
        make_english(self.portal)
        source = make_article(self.portal.news)
        translated = translate(source, title="Visible", slug="visible")
        source.title = source.draft_title = "BÍ MẬT gốc"
        source.save()
        restrict(source)

        for version in VERSIONS:
            self.assert_silent(f"/api/{version}/pages/{translated.pk}/")

    def test_who_is_logged_in_gets_nothing_more_by_a_cookie(self):
        log_in(self.client)

        assert self.client.get(f"/api/v3/pages/{self.draft.pk}/").status_code == 404


@pytest.mark.slow
class QueryTests(ApiTests):
    def counts(self, page, add):
        # Both times after a change, because a shared version cache waits for its commit.
        for version in VERSIONS:
            self.detail(page, version)
        found = []
        for _ in range(2):
            for _ in range(10):
                add()
            found.append([queries_of(self.client, f"/api/{v}/pages/{page.pk}/") for v in VERSIONS])
        return found

    def test_v2_lists_with_the_fields_of_cards_cost_no_more_for_more_pages(self):
        shown = {
            "civic_articles.ArticlePage": (
                "summary,cover,category,tags,byline,source,published_at,comments_open,feedback,"
                "locale,show_in_menus,seo_title"
            ),
            "civic_directives.DirectivePage": (
                "document_number,document_type,issuing_body,subject,issued_on,effective_on,"
                "expires_on,legal_status,signer,attachments,body,locale"
            ),
        }
        found = []
        for _ in range(2):
            for number in range(10):
                article = make_article(
                    self.portal.news,
                    category=make_category(f"Mục {len(found)} {number}"),
                    cover=make_image(),
                )
                article.tags.add(f"thẻ {article.pk}", "chung")
                article.save()
                save_rating(page=article, visitor=uuid4(), stars=4)
                attach(make_directive(self.portal.register), make_document())
            Category.objects.update(name="Mục")
            found.append(
                [
                    queries_of(self.client, f"/api/v2/pages/?type={name}&fields={fields}&limit=50")
                    for name, fields in shown.items()
                ]
            )

        assert found[0] == found[1]
        assert max(found[0]) <= 20, found

    def test_v2_lists_of_files_cost_no_more_for_more_files(self):
        found = []
        for _ in range(2):
            for number in range(10):
                make_image().tags.add(f"thẻ {number}", "chung")
                make_document().tags.add(f"thẻ {number}", "chung")
            found.append(
                [
                    queries_of(self.client, f"/api/v2/{name}/?limit=50")
                    for name in ("images", "documents")
                ]
            )

        assert found[0] == found[1]

    def test_tags_of_a_file_are_in_alphabetical_order(self):
        image = make_image()
        image.tags.add("cầu", "bến", "an")

        assert self.client.get(f"/api/v2/images/{image.pk}/").json()["meta"]["tags"] == [
            "an",
            "bến",
            "cầu",
        ]

    def test_lists_cost_no_more_for_more_pages(self):
        category, cover = make_category(), make_image()
        addresses = (
            "/api/v3/pages/?limit=50",
            "/api/v3/pages/?type=civic_articles.ArticlePage&limit=50",
            "/api/v3/pages/?type=civic_directives.DirectivePage&limit=50",
            "/api/v3/pages/?search=bai&limit=50",
            "/api/v3/images/?limit=50",
            "/api/v3/documents/?limit=50",
            "/api/v2/pages/?limit=50",
            "/api/v2/pages/?type=civic_articles.ArticlePage&limit=50",
            "/api/v2/pages/?type=civic_directives.DirectivePage&limit=50",
            "/api/v2/pages/?search=bai&limit=50",
        )
        found = []
        for _ in range(2):
            for _ in range(10):
                make_article(self.portal.news, category=category, cover=cover).tags.add("thẻ")
                make_directive(self.portal.register)
                make_image(), make_document()
            found.append({address: queries_of(self.client, address) for address in addresses})

        assert found[0] == found[1]

    def test_an_article_costs_no_more_for_more_rows(self):
        article = make_article(self.portal.news)
        image, document = make_image(), make_document()
        found = []
        for _ in range(2):
            for number in range(10):
                directive = make_directive(self.portal.register)
                link_directive(article, directive, save=False)
                article.related_articles.add(
                    RelatedArticle(article=make_article(self.portal.news), locale=article.locale)
                )
                article.tags.add(f"thẻ {directive.pk} {number}")
                article.body.append(("directive", {"directive": directive, "note": ""}))
                article.body.append(("image", {"image": image, "alt_text": "", "caption": ""}))
                article.body.append(("download", {"document": document, "description": ""}))
            article.save()
            found.append(
                [queries_of(self.client, f"/api/{v}/pages/{article.pk}/") for v in VERSIONS]
            )

        assert found[0] == found[1]

    def test_a_document_costs_no_more_for_more_rows(self):
        directive = make_directive(self.portal.register)

        def add():
            attach(directive, make_document())
            relate(directive, "amends", make_directive(self.portal.register))
            relate(make_directive(self.portal.register), "implements", directive)
            citing = make_article(self.portal.news)
            cite(citing, directive)

        few, many = self.counts(directive, add)

        assert few == many

    def test_a_map_costs_no_more_for_more_rows(self):
        page = make_map(self.portal.shelf)

        def add():
            make_place(page)
            make_area(page, "khu-pho-1", label="a", link_page=make_article(self.portal.news))

        few, many = self.counts(page, add)

        assert few == many

    def test_links_cost_no_more_for_more_rows(self):
        page = make_links(self.portal.shelf)

        def add():
            links = link("Bài", url="", page=make_article(self.portal.news), logo=make_image())
            page.groups.append(link_group(links))
            page.save()

        few, many = self.counts(page, add)

        assert few == many

    def test_home_costs_no_more_for_more_articles_and_cards(self):
        home = self.portal.home

        def add():
            article = make_article(self.portal.news)
            home.featured_articles.add(FeaturedArticle(article=article, locale=home.locale))
            home.save()
            add_card(home, make_links(self.portal.shelf))

        few, many = self.counts(home, add)

        assert few == many
