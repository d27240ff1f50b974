"""Resolution of public paths to pages and redirects."""

from uuid import uuid4

from django.core.cache import caches
from django.db import connection
from django.test import TestCase
from django.test.utils import CaptureQueriesContext
from wagtail.contrib.redirects.models import Redirect
from wagtail.rich_text import RichText

from articles.models import ArticlePage, RelatedArticle
from feedback.models import CommentSettings
from feedback.services import save_comment, save_rating
from tests.factories import (
    add_card,
    attach,
    link,
    link_directive,
    link_group,
    make_article,
    make_category,
    make_directive,
    make_document,
    make_english,
    make_image,
    make_links,
    make_map,
    make_portal,
    make_statistics,
    publish,
    relate,
    restrict,
    translate,
)
from tests.queries import queries_of


class ResolveTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.portal = make_portal()
        cls.english = make_english(cls.portal)
        cls.article = make_article(
            cls.portal.news, title="Nước sạch", slug="nuoc-sach", cover=make_image()
        )
        cls.translation = translate(cls.article, title="Clean water", slug="clean-water")
        add_card(cls.portal.home, make_links(cls.portal.shelf))

    def resolve(self, path, **query):
        return self.client.get("/api/v3/resolve/", {"path": path, **query})

    def found(self, path, **query):
        response = self.resolve(path, **query)
        assert response.status_code == 200, response.content
        return response.json()

    def assert_not_found(self, path):
        response = self.resolve(path)
        assert response.status_code == 404, path
        assert response["Content-Type"] == "application/problem+json"

    def test_a_path_leads_to_the_page_in_full(self):
        answer = self.found(self.article.url)

        assert answer["kind"] == "page"
        detail = self.client.get(f"/api/v3/pages/{self.article.pk}/").json()
        assert answer["page"] == detail
        assert answer["page"]["sidebar"][0]["type"] == "civic_widgets.WebsiteLinksPage"

    def test_every_type_of_page_is_found(self):
        directive = make_directive(self.portal.register)
        for page in (self.portal.home, self.portal.news, self.portal.register, directive):
            assert self.found(page.url)["page"]["id"] == page.pk

    def test_the_way_the_languages_and_the_head_come_along(self):
        answer = self.found(self.article.url)

        assert [crumb["title"] for crumb in answer["breadcrumbs"]] == [
            self.portal.home.title,
            self.portal.news.title,
            "Nước sạch",
        ]
        assert answer["breadcrumbs"][-1]["url"] == self.article.full_url
        assert {each["locale"]: each["path"] for each in answer["translations"]} == {
            "vi": self.article.url,
            "en": self.translation.url,
        }
        seo = answer["seo"]
        assert seo["title"] == "Nước sạch"
        assert seo["canonical"] == self.article.full_url
        assert [each["hreflang"] for each in seo["alternates"]] == ["vi", "en", "x-default"]
        assert seo["image"]["url"].startswith("http://localhost/")
        assert [each["@type"] for each in seo["json_ld"]] == ["BreadcrumbList", "NewsArticle"]
        assert all(each["@context"] == "https://schema.org" for each in seo["json_ld"])

    def test_a_path_of_another_language_leads_to_the_translation(self):
        answer = self.found(self.translation.url)

        assert answer["page"]["title"] == "Clean water"
        assert answer["page"]["meta"]["locale"] == "en"
        assert answer["breadcrumbs"][0]["url"] == self.english.home.full_url

    def test_a_path_may_be_written_as_people_write_it(self):
        for path in (
            self.article.url.rstrip("/"),
            self.article.url.lstrip("/"),
            self.article.url + "?utm_source=zalo",
            self.article.url.replace("nuoc", "n%75oc"),
        ):
            assert self.found(path)["page"]["id"] == self.article.pk

    def test_what_is_not_there_for_everybody_is_not_found(self):
        draft = make_article(self.portal.news, title="Nháp", slug="nhap", live=False)
        private = make_article(self.portal.news, title="Riêng", slug="rieng")
        restrict(private)
        for path in (draft.url_path, private.url, "/khong-co/", "/tim-kiem/", "/api/v3/", "//evil"):
            self.assert_not_found(path)
        assert self.client.get("/api/v3/resolve/").status_code == 422

    def test_a_redirect_says_where_to_and_for_how_long(self):
        Redirect.add_redirect("/cu/", redirect_to=self.article)
        Redirect.add_redirect("/tam/", redirect_to="https://tinh.example/", is_permanent=False)

        assert self.found("/cu/") == {
            "kind": "redirect",
            "location": self.article.full_url,
            "status": 301,
        }
        assert self.found("/tam")["location"] == "https://tinh.example/"
        assert self.found("/tam/")["status"] == 302

    def test_json_ld_holds_texts_as_they_are(self):
        title = "Nước </script> & «sạch»"
        article = make_article(self.portal.news, title=title, slug="ky-tu")

        assert self.found(article.url)["seo"]["json_ld"][1]["headline"] == title
        assert "Nước </script>" not in self.client.get(article.url).content.decode()

    def test_a_redirect_to_an_alias_leads_to_it(self):
        alias = self.article.create_alias(parent=self.portal.news, update_slug="ban-sao")
        Redirect.add_redirect("/cu/", redirect_to=alias)

        answer = self.found("/cu/")
        assert answer["location"] == alias.full_url
        assert self.found(alias.url)["page"]["id"] == alias.pk

        alias.live = False
        alias.save()
        self.assert_not_found("/cu/")

    def test_the_card_of_statistics_says_where_its_figures_are(self):
        statistics = make_statistics(self.portal.shelf)
        add_card(self.portal.home, statistics)

        card = self.found(self.article.url)["page"]["sidebar"][1]
        assert card["figures_url"] == self.found(statistics.url)["page"]["figures_url"]
        assert self.client.get(card["figures_url"]).status_code == 200

    def test_a_redirect_to_a_hidden_page_tells_nothing(self):
        hidden = make_article(self.portal.news, title="Riêng", slug="rieng")
        restrict(hidden)
        Redirect.add_redirect("/cu/", redirect_to=hidden)

        self.assert_not_found("/cu/")

    def test_sites_are_apart(self):
        other = make_portal("go-say.localhost", "Phường Gò Sậy")
        make_article(other.news, title="Tin Gò Sậy", slug="tin-go-say")

        self.assert_not_found("/tin-tuc/tin-go-say/")
        answer = self.found("/tin-tuc/tin-go-say/", site="go-say.localhost")
        assert answer["page"]["title"] == "Tin Gò Sậy"
        assert answer["seo"]["canonical"].startswith("http://go-say.localhost/")
        assert answer["breadcrumbs"][0]["url"].startswith("http://go-say.localhost/")
        assert self.resolve("/", site="khong.example").status_code == 422

    def test_an_unknown_parameter_is_named(self):
        response = self.resolve("/", html_path="/")

        assert response.status_code == 422
        assert response.json()["errors"][0]["loc"] == ["query", "html_path"]

    def test_it_costs_few_queries(self):
        document = make_directive(self.portal.register)
        attach(document)
        relate(document, "amends", make_directive(self.portal.register))
        article = make_article(
            self.portal.news, cover=make_image(), category=make_category("Môi trường")
        )
        article.tags.set(["nước", "sức khỏe"])
        link_directive(article, document)
        for _ in range(3):
            make_article(self.portal.news, category=article.category)
        translate(article, slug="in-full")
        add_card(self.portal.home, make_map(self.portal.shelf))
        add_card(self.portal.home, make_statistics(self.portal.shelf))
        for page in (article, document, self.portal.home, self.portal.news, self.portal.register):
            self.assert_costs_few_queries(page)

    def test_an_article_with_every_kind_of_content_costs_few_queries(self):
        article = self.make_article_with_everything()
        for form in ("html", "markdown"):
            self.assert_costs_few_queries(article, f"&rich_text_format={form}")

        page = self.found(article.url)["page"]
        assert [block["type"] for block in page["body"]] == [
            *["paragraph", "image", "gallery", "download", "directive", "callout"] * 2
        ]
        assert len(page["documents"]) == 3
        assert len(page["tags"]) == 2
        assert len(page["related"]) == 3
        assert page["feedback"] == {"ratings": 1, "average": 4.0, "comments": 2}
        assert len(page["sidebar"]) == 4

    def test_more_links_with_logos_cost_no_more_queries(self):
        def links(number):
            pages = [make_article(self.portal.news) for _ in range(number)]
            logos = [link(logo=make_image()) for _ in range(number)]
            return [link_group(*logos, *(link(url="", page=page) for page in pages))]

        few = make_links(self.portal.shelf, groups=links(1))
        many = make_links(self.portal.shelf, groups=links(5))
        for page in (few, many):
            self.assert_costs_few_queries(page)

        assert len(self.found(many.url)["page"]["groups"][0]["links"]) == 10
        assert self.cold_queries(few.url) == self.cold_queries(many.url)

    def make_article_with_everything(self):
        linked, cited, pointed_out, also = (make_directive(self.portal.register) for _ in range(4))
        attach(linked)
        others = [make_article(self.portal.news) for _ in range(4)]
        files = [make_document() for _ in range(4)]
        pictures = [make_image() for _ in range(6)]
        to_pages = "".join(f'<a linktype="page" id="{each.pk}">bài</a> ' for each in others)
        to_files = "".join(f'<a linktype="document" id="{each.pk}">tệp</a> ' for each in files[:2])
        text = RichText(
            f"<p>{to_pages}{to_files} theo Kế hoạch số {cited.document_number} ngày 15/3/2024 "
            "của Ủy ban nhân dân phường Bến Ngà</p>"
        )

        def body(file, directive, picture, *gallery):
            def figure(image):
                return {"image": image, "alt_text": "", "caption": ""}

            return [
                ("paragraph", text),
                ("image", figure(picture)),
                ("gallery", [figure(image) for image in gallery]),
                ("download", {"document": file, "description": ""}),
                ("directive", {"directive": directive, "note": ""}),
                ("callout", {"kind": "note", "title": "", "text": text}),
            ]

        article = make_article(
            self.portal.news,
            cover=make_image(),
            category=make_category("Môi trường"),
            byline="Phòng Văn hóa",
            source="Cổng thông tin",
            body=[
                *body(files[2], pointed_out, *pictures[:3]),
                *body(files[3], also, *pictures[3:]),
            ],
        )
        article.tags.set(["nước", "sức khỏe"])
        link_directive(article, linked, save=False)
        link_directive(article, also, save=False)
        for each in others[:2]:
            article.related_articles.add(RelatedArticle(article=each, locale=article.locale))
        publish(article)
        article = ArticlePage.objects.get(pk=article.pk)
        for text in ("Rất hay.", "Cảm ơn phường."):
            save_comment(
                page=article,
                policy=CommentSettings(policy=CommentSettings.Policy.PUBLISH_FIRST),
                visitor=uuid4(),
                network="",
                verified=True,
                name="Lan",
                email="",
                body=text,
            )
        save_rating(page=article, visitor=uuid4(), stars=4)
        translate(article, slug="everything")
        for widget in (make_map, make_statistics, make_links):
            add_card(self.portal.home, widget(self.portal.shelf))
        return article

    def assert_costs_few_queries(self, page, query=""):
        with self.subTest(page=page, query=query):
            address = f"{page.url}{query}"
            # One of them reads the restricted paths, once a content version.
            assert self.cold_queries(address) <= 30
            assert queries_of(self.client, f"/api/v3/resolve/?path={address}") <= 6

    def cold_queries(self, path):
        address = f"/api/v3/resolve/?path={path}"
        # Renditions are made on the first request.
        self.client.get(address)
        for alias in ("local", "renditions"):
            caches[alias].clear()

        with CaptureQueriesContext(connection) as cold:
            assert self.client.get(address).status_code == 200

        return len(cold)

    def test_below_a_home_page_that_is_a_draft_nothing_is_found(self):
        self.english.home.live = False
        self.english.home.save()

        # As on the site itself: the home page in the default language.
        assert self.found("/en/")["page"]["id"] == self.portal.home.pk
        for path in (self.english.news.url, self.translation.url):
            assert self.client.get(path).status_code == 404
            self.assert_not_found(path)

    def test_a_change_is_seen_at_once(self):
        assert self.found(self.article.url)["page"]["title"] == "Nước sạch"
        with self.captureOnCommitCallbacks(execute=True):
            self.article.title = "Nước sạch hơn"
            self.article.save_revision().publish()

        assert self.found(self.article.url)["page"]["title"] == "Nước sạch hơn"

    def test_a_rating_is_seen_at_once(self):
        before = self.resolve(self.article.url)
        assert before.json()["page"]["feedback"]["ratings"] == 0

        save_rating(page=self.article, visitor=uuid4(), stars=4)
        after = self.resolve(self.article.url)

        assert after.json()["page"]["feedback"] == {"ratings": 1, "average": 4.0, "comments": 0}
        assert after["ETag"] != before["ETag"]


class NavigationTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.portal = make_portal()
        cls.english = make_english(cls.portal)

    def test_the_menu_is_a_tree_in_each_language(self):
        menu = self.client.get("/api/v3/navigation/").json()
        english = self.client.get("/api/v3/navigation/?locale=en").json()

        assert menu["locale"] == "vi"
        assert menu["home"]["url"] == self.portal.home.full_url
        assert self.portal.news.full_url in [item["url"] for item in menu["items"]]
        assert english["home"]["url"] == self.english.home.full_url
        assert english["locale"] == "en"

    def test_a_home_page_that_is_not_for_everybody_is_told_nowhere(self):
        restrict(self.portal.home)

        for path in ("navigation", "site"):
            response = self.client.get(f"/api/v3/{path}/")
            assert response.status_code == 404
            assert self.portal.home.title not in response.content.decode()

    def test_impossible_values_are_named(self):
        for query, name in (("locale=xx", "locale"), ("depth=0", "depth"), ("tiefe=1", "tiefe")):
            response = self.client.get(f"/api/v3/navigation/?{query}")
            assert response.status_code == 422
            assert name in str(response.json()["errors"])


class SitemapTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.portal = make_portal()
        make_english(cls.portal)

    def test_every_public_page_is_there_with_its_translations(self):
        article = make_article(self.portal.news, title="Nước sạch", slug="nuoc-sach")
        english = translate(article, title="Clean water", slug="clean-water")
        hidden = make_article(self.portal.news, title="Riêng", slug="rieng")
        restrict(hidden)

        answer = self.client.get("/api/v3/sitemap/?limit=50").json()

        entries = {entry["id"]: entry for entry in answer["items"]}
        assert answer["count"] == len(entries)
        assert hidden.pk not in entries
        assert entries[article.pk]["type"] == "civic_articles.ArticlePage"
        assert entries[article.pk]["path"] == article.url
        assert [each["url"] for each in entries[article.pk]["translations"]] == [
            article.full_url,
            english.full_url,
        ]

    def test_more_pages_cost_no_more_queries(self):
        address = "/api/v3/sitemap/?limit=50"
        make_article(self.portal.news)
        before = queries_of(self.client, address)
        for _each in range(10):
            make_article(self.portal.news)

        assert queries_of(self.client, address) == before


class SiteTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.portal = make_portal()
        make_english(cls.portal)

    def test_the_site_tells_its_languages_and_whose_it_is(self):
        site = self.client.get("/api/v3/site/").json()

        assert site["name"]
        assert site["url"] == self.portal.home.full_url
        assert [each["code"] for each in site["languages"]] == ["vi", "en"]
        assert site["agency"]["name"]
        assert self.client.get("/api/v3/site/?locale=en").json()["locale"] == "en"

    def test_another_site_is_asked_by_its_host(self):
        make_portal("go-say.localhost", "Phường Gò Sậy")

        site = self.client.get("/api/v3/site/?site=go-say.localhost").json()

        assert site["url"] == "http://go-say.localhost/"
        assert site["languages"][0]["url"] == "http://go-say.localhost/"


class SidebarTests(TestCase):
    def test_the_sidebar_of_a_path_holds_its_cards(self):
        portal = make_portal()
        add_card(portal.home, make_links(portal.shelf), title="Liên kết")

        answer = self.client.get("/api/v3/sidebar/", {"path": portal.news.url}).json()

        assert answer["page"]["id"] == portal.news.pk
        assert [card["title"] for card in answer["cards"]] == ["Liên kết"]
        assert self.client.get("/api/v3/sidebar/?path=/khong-co/").status_code == 404


class SearchTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.portal = make_portal()
        cls.article = make_article(cls.portal.news, title="Đường bộ mới", summary="Cầu & đường bộ.")
        cls.plan = make_directive(
            cls.portal.register, document_number="65/KH-UBND", subject="Sửa đường bộ"
        )

    def search(self, **query):
        response = self.client.get("/api/v3/search/", query)
        assert response.status_code == 200, response.content
        return response.json()

    def test_each_kind_has_a_list_with_the_words_marked(self):
        for query in ("đường bộ", "duong bo"):
            found = self.search(q=query)
            article = found["articles"]["items"][0]
            assert found["articles"]["count"] == 1
            assert article["title"][0] == {"text": "Đường", "match": True}
            assert {"text": "đường", "match": True} in article["snippet"]
            assert "".join(part["text"] for part in article["snippet"]).startswith("Cầu & đường")
            assert found["directives"]["items"][0]["url"] == self.plan.full_url

    def test_a_document_is_found_by_its_number(self):
        assert self.search(q="65KH-ubnd")["directives"]["items"][0]["id"] == self.plan.pk

    def test_one_kind_can_be_listed_alone(self):
        found = self.search(q="đường", kind="directives")

        assert found["articles"] == {"count": 1, "items": []}
        assert len(found["directives"]["items"]) == 1

    def test_hidden_pages_are_not_found(self):
        restrict(make_article(self.portal.news, title="Đường bộ kín"))
        make_article(self.portal.news, title="Đường bộ nháp", live=False)

        assert self.search(q="đường bộ")["articles"]["count"] == 1

    def test_odd_queries_find_nothing_and_impossible_ones_are_named(self):
        assert self.search(q='"')["articles"] == {"count": 0, "items": []}
        for query in ("", "q=", "q=a&kind=x", "q=a&limit=51", "q=a&offset=-1", "q=a&locale=xx"):
            assert self.client.get(f"/api/v3/search/?{query}").status_code == 422, query

    def test_more_pages_cost_no_more_queries(self):
        address = "/api/v3/search/?q=duong"
        make_article(self.portal.news, title="Đường bộ khác")
        before = queries_of(self.client, address)
        for _each in range(5):
            make_article(self.portal.news, title="Đường bộ khác")
            make_directive(self.portal.register, subject="Đường bộ khác")

        assert queries_of(self.client, address) == before
