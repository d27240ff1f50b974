"""The OpenAPI document of API v3 is committed, served, precise, and matches the responses."""

import json
from datetime import date
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.test import Client, TestCase, override_settings
from wagtail.models import Page, get_page_models
from wagtail.rich_text import RichText

from articles.models import ArticlePage, RelatedArticle
from home.models import FeaturedArticle
from tests.api.answers import ADDRESS, Document
from tests.factories import (
    add_card,
    attach,
    cite,
    link,
    link_directive,
    link_group,
    make_area,
    make_article,
    make_category,
    make_directive,
    make_document,
    make_image,
    make_links,
    make_map,
    make_place,
    make_portal,
    make_statistics,
    paragraph,
    relate,
    square,
)

FILE = "docs/openapi.json"
# Wagtail's own, for who has a token: a JSON schema in an answer has no fixed form, and snippets
# have none at all where no snippet has fields for the API.
FREE = {"SchemaDetailResponse", "_NoSnippetModelsSchema"}
FORMATS = ("db_html", "html", "db_markdown", "markdown")


def loose_parts(schema, place):
    """Yield the locations of schemas without a type."""
    if not isinstance(schema, dict):
        if schema is True:
            yield place
        return
    told = set(schema) - {"title", "description", "default", "examples"}
    # A mapping with free keys is precise if its values have a type.
    free = schema.get("type") == "object" and "properties" not in schema
    if not told or (free and schema.get("additionalProperties", True) is True):
        yield place
    if schema.get("type") == "array" and "items" not in schema and "prefixItems" not in schema:
        yield place
    for name in ("properties", "$defs"):
        for key, each in schema.get(name, {}).items():
            yield from loose_parts(each, f"{place}.{key}")
    for name in ("anyOf", "oneOf", "allOf", "prefixItems"):
        for each in schema.get(name, []):
            yield from loose_parts(each, place)
    if "items" in schema:
        yield from loose_parts(schema["items"], f"{place}[]")


class DocumentTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.document = Document(Client()).data

    def schema(self, name):
        return self.document["components"]["schemas"][name]

    def test_the_committed_file_is_what_the_api_is_now(self):
        call_command("export_openapi", FILE, check=True)

    def test_a_file_that_differs_is_refused_and_how_to_write_it_anew_is_told(self):
        with pytest.raises(CommandError, match="export_openapi README.md"):
            call_command("export_openapi", "README.md", check=True)

    def test_what_is_served_is_what_is_exported(self):
        exported = StringIO()
        call_command("export_openapi", stdout=exported)

        assert json.loads(exported.getvalue()) == self.document

    def test_it_is_served_without_a_query_and_not_again_to_who_has_it(self):
        with self.assertNumQueries(0):
            first = self.client.get(ADDRESS)
            again = self.client.get(ADDRESS, headers={"If-None-Match": first["ETag"]})

        assert "public" in first["Cache-Control"]
        assert (again.status_code, again.content) == (304, b"")
        assert again["ETag"] == first["ETag"]

    @override_settings(WAGTAILAPI_DOCS_ENABLED=False)
    def test_it_is_not_served_where_an_operator_hides_it(self):
        assert self.client.get(ADDRESS).status_code == 404

    def test_nothing_in_it_is_unknown(self):
        found = []
        for name, schema in self.document["components"]["schemas"].items():
            if name not in FREE:
                found += loose_parts(schema, name)
        for path, methods in self.document["paths"].items():
            for method, operation in methods.items():
                for status, response in operation["responses"].items():
                    for content in response.get("content", {}).values():
                        found += loose_parts(content["schema"], f"{method} {path} {status}")

        assert found == []

    def test_looseness_would_be_found(self):
        for schema in (
            {},
            {"title": "Any"},
            {"type": "object"},
            {"type": "object", "additionalProperties": True},
            {"type": "array"},
            {"type": "array", "items": {}},
            {"properties": {"a": {"anyOf": [{"type": "null"}, {}]}}},
        ):
            assert list(loose_parts(schema, "here")), schema

    def test_pages_and_blocks_and_cards_are_told_apart_by_their_type(self):
        pages = self.schema("PortalPageDetail")["discriminator"]
        blocks = self.schema("PortalCivicArticlesArticleBodyBlock")["discriminator"]
        cards = self.schema("PortalCard")["discriminator"]

        assert {pages["propertyName"], blocks["propertyName"], cards["propertyName"]} == {"type"}
        assert set(pages["mapping"]) == {model._meta.label for model in get_page_models()}
        stream = ArticlePage._meta.get_field("body").stream_block
        assert set(blocks["mapping"]) == set(stream.child_blocks)
        assert "civic_widgets.StatisticsPage" in cards["mapping"]

    def test_what_is_in_every_answer_is_required(self):
        for name in ("PortalCivicArticlesArticlePage", "PagedBasePageSchema", "ImageSchema"):
            schema = self.schema(name)
            assert set(schema["required"]) == set(schema["properties"]), name
        assert "default" not in json.dumps(self.schema("ImageSchema"))
        assert set(self.schema("PortalStars")["required"]) == {"stars"}

    def test_every_operation_says_what_its_problems_look_like(self):
        for methods in self.document["paths"].values():
            for operation in methods.values():
                problems = [
                    content
                    for status, response in operation["responses"].items()
                    if status == "default" or int(status) >= 400
                    for content in response["content"]
                ]
                assert set(problems) == {"application/problem+json"}

    def test_it_has_no_route_that_nothing_is_served_at(self):
        assert not [path for path in self.document["paths"] if "/snippets/" in path]

    def test_no_body_has_a_default(self):
        """Generators of clients leave out such operations."""
        bodies = {}
        for methods in self.document["paths"].values():
            for operation in methods.values():
                for content in operation.get("requestBody", {}).get("content", {}).values():
                    bodies[operation["operationId"]] = content["schema"]
        assert bodies
        assert not [name for name, schema in bodies.items() if "default" in schema]

    def test_who_needs_no_token_is_told_so(self):
        paths = self.document["paths"]

        assert {} in paths["/api/v3/pages/"]["get"]["security"]
        assert paths["/api/v3/pages/"]["post"]["security"] == [{"BearerTokenAuth": []}]
        assert set(self.document["components"]["securitySchemes"]) == {"BearerTokenAuth"}


class AnswerTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.portal = make_portal()

    def setUp(self):
        self.document = Document(self.client)

    def get(self, page, query=""):
        response = self.client.get(f"/api/v3/pages/{page.pk}/{query}")
        assert response.status_code == 200, response.content
        return response.json()

    def assert_true_of(self, page):
        for form in FORMATS:
            answer = self.get(page, f"?rich_text_format={form}")
            assert self.document.complaints(answer, "/pages/{page_id}/") == []
        return answer

    def full_body(self):
        directive = make_directive(self.portal.register)
        image, document = make_image(), make_document()
        figure = {"image": image, "alt_text": "", "caption": "Cầu"}
        table = {
            "data": [["Thứ", None], ["18:00", 5]],
            "table_caption": None,
            "first_row_is_table_header": True,
        }
        return [
            ("heading", {"text": "Mục", "level": "h3"}),
            paragraph(),
            ("image", figure),
            ("gallery", [figure, figure]),
            ("quote", {"text": "Hay", "attribution": ""}),
            ("download", {"document": document, "description": ""}),
            ("table", table),
            ("embed", {"url": "https://www.youtube.com/watch?v=aqz-KE-bpKQ", "caption": ""}),
            ("directive", {"directive": directive, "note": ""}),
            ("callout", {"kind": "deadline", "title": "", "text": RichText("<p>Mai</p>")}),
        ]

    def test_of_every_page_type_with_the_least(self):
        portal = self.portal
        pages = [
            portal.home,
            portal.news,
            portal.register,
            portal.shelf,
            make_article(portal.news),
            make_directive(portal.register),
            make_map(portal.shelf, boundaries=None),
            make_links(portal.shelf, groups=[]),
            make_statistics(portal.shelf),
        ]
        for page in pages:
            with self.subTest(type=page._meta.label):
                assert self.assert_true_of(page)["type"] == page._meta.label
        # The only instances of `Page` itself are those of Wagtail's migrations.
        assert {type(page) for page in pages} == set(get_page_models()) - {Page}

    def test_of_every_page_type_with_everything(self):
        portal = self.portal
        other, directive = make_article(portal.news), make_directive(portal.register)
        article = make_article(
            portal.news,
            body=self.full_body(),
            category=make_category(),
            cover=make_image(),
            byline="Lan",
            source="Báo tỉnh",
        )
        article.tags.add("thẻ")
        article.related_articles = [RelatedArticle(article=other, locale=article.locale)]
        link_directive(article, directive)
        full = make_directive(
            portal.register, effective_on=date(2024, 4, 1), expires_on=date(2030, 1, 1), signer="A"
        )
        attach(full)
        relate(full, "amends", directive)
        relate(directive, "implements", full)
        cite(other, full)
        ward = make_map(
            portal.shelf, boundaries={"type": "FeatureCollection", "features": [square()]}
        )
        make_place(ward)
        make_area(ward, link_page=other, colour="#8c1c13")
        make_area(ward, key="khác")
        links = make_links(
            portal.shelf,
            groups=[link_group(link(logo=make_image()), link("Bài", url="", page=other))],
        )
        home = portal.home
        home.lead = other
        home.featured_articles.add(FeaturedArticle(article=article, locale=home.locale))
        home.save()
        for widget in (ward, links, make_statistics(portal.shelf)):
            add_card(home, widget)

        for page in (article, full, ward, links, home):
            with self.subTest(type=page._meta.label):
                answer = self.assert_true_of(page)
                assert len(answer["sidebar"]) == (2 if page in (ward, links) else 3)
        blocks = {block["type"] for block in self.get(article)["body"]}
        assert blocks == set(ArticlePage._meta.get_field("body").stream_block.child_blocks)

    def raw(self, *blocks):
        """An article whose content no form would accept any more."""
        article = make_article(self.portal.news)
        stream = ArticlePage._meta.get_field("body").stream_block
        stored = [{"type": kind, "value": value} for kind, value in blocks]
        ArticlePage.objects.filter(pk=article.pk).update(body=stream.to_python(stored))
        return article

    def test_of_odd_values_in_old_texts(self):
        gone = 999_999
        article = self.raw(
            ("heading", {"text": None, "level": "h9"}),
            ("heading", {}),
            ("paragraph", ""),
            ("image", {"image": gone, "alt_text": None, "caption": None}),
            ("image", {"image": None}),
            ("gallery", []),
            ("quote", {"text": None, "attribution": None}),
            ("download", {"document": gone, "description": None}),
            ("table", None),
            ("table", {"data": [[1, None, 2.5, True, "x"]], "table_caption": None}),
            ("embed", {"url": None, "caption": None}),
            ("embed", {"url": "https://elsewhere.example/", "caption": ""}),
            ("directive", {"directive": gone, "note": None}),
            ("callout", {"kind": "retired", "title": None, "text": ""}),
            ("callout", {}),
        )

        body = self.assert_true_of(article)["body"]

        assert [block["type"] for block in body].count("callout") == 2
        assert body[0]["value"] == {"text": "", "level": "h2"}
        assert body[-2]["value"]["kind"] == "note"
        assert {"image": None, "caption": ""} in [block["value"] for block in body]

    def test_of_what_was_deleted_or_taken_from_the_public(self):
        directive, image = make_directive(self.portal.register), make_image()
        article = make_article(self.portal.news, body=self.full_body(), cover=image)
        article.body.append(("directive", {"directive": directive, "note": ""}))
        article.save()
        links = make_links(
            self.portal.shelf, groups=[link_group(link("x", url="", page=directive))]
        )
        image.delete()
        directive.unpublish()

        answer = self.assert_true_of(article)

        assert answer["cover"] is None
        assert answer["body"][-1]["value"]["directive"] is None
        assert self.assert_true_of(links)["groups"][0]["links"] == []

    def test_of_lists_problems_and_the_rest_that_readers_may_ask(self):
        make_article(self.portal.news), make_image(), make_document()
        for path in ("/pages/", "/images/", "/documents/", "/redirects/", "/challenge/"):
            answer = self.client.get(f"/api/v3{path}").json()
            assert self.document.complaints(answer, path) == [], path
        for path, asked in (
            ("/pages/{page_id}/", "/pages/999999/"),
            ("/pages/", "/pages/?limit=x"),
            ("/pages/", "/pages/?type=nonsense"),
            ("/pages/", "/pages/?search=%00"),
            ("/sites/", "/sites/"),
            ("/pages/{page_id}/comments/", "/pages/1/comments/?bogus=1"),
        ):
            response = self.client.get(f"/api/v3{asked}")
            assert response.status_code >= 400
            assert response["Content-Type"] == "application/problem+json"
            status = str(response.status_code)
            assert self.document.complaints(response.json(), path, status=status) == [], asked

    def test_an_untrue_answer_would_be_noticed(self):
        article = make_article(self.portal.news, body=self.full_body())

        def spoil(change):
            answer = self.get(article)
            assert self.document.complaints(answer, "/pages/{page_id}/") == []
            change(answer)
            assert self.document.complaints(answer, "/pages/{page_id}/") != []

        spoil(lambda answer: answer.pop("summary"))
        spoil(lambda answer: answer.update(summary=None))
        spoil(lambda answer: answer.update(published_at="hôm qua"))
        spoil(lambda answer: answer.update(type="articles.Unknown"))
        spoil(lambda answer: answer["body"][0]["value"].update(level="h9"))
        spoil(lambda answer: answer["body"][0].update(type="unknown"))
        spoil(lambda answer: answer["body"][2]["value"].update(image=7))
        spoil(lambda answer: answer["meta"].pop("locale"))
