"""The list of all API routes, which of them need a token, and invalid requests to them."""

from urllib.parse import quote

from django.test import Client, TestCase
from wagtail.api.v3.urls import api
from wagtail.models import Collection, CollectionViewRestriction

from tests.factories import log_in, make_article, make_document, make_image, make_portal, restrict

# Every operation of v3; add new ones here, and to FOR_READERS if they need no token.
ALL_OPERATIONS = [
    "DELETE /documents/{document_id}/",
    "DELETE /images/{image_id}/",
    "DELETE /locales/{locale_id}/",
    "DELETE /pages/{page_id}/",
    "DELETE /pages/{page_id}/actions/delete/",
    "DELETE /pages/{page_id}/rating/",
    "DELETE /redirects/{redirect_id}/",
    "DELETE /sites/{site_id}/",
    "DELETE /snippets/{type}/{pk}/",
    "DELETE /snippets/{type}/{pk}/actions/delete/",
    "GET /articles/",
    "GET /articles/{article_id}/related/",
    "GET /challenge/",
    "GET /directives/",
    "GET /directives/facets/",
    "GET /directives/{directive_id}/cited_by/",
    "GET /documents/",
    "GET /documents/{document_id}/",
    "GET /images/",
    "GET /images/{image_id}/",
    "GET /locales/",
    "GET /locales/{locale_id}/",
    "GET /navigation/",
    "GET /pages/",
    "GET /pages/find/",
    "GET /pages/{page_id}/",
    "GET /pages/{page_id}/comments/",
    "GET /pages/{page_id}/comments/feed/",
    "GET /pages/{page_id}/rating/",
    "GET /pages/{page_id}/revisions/",
    "GET /pages/{page_id}/revisions/{revision_id}/",
    "GET /preview/",
    "GET /redirects/",
    "GET /redirects/find/",
    "GET /redirects/{redirect_id}/",
    "GET /resolve/",
    "GET /schema/",
    "GET /schema/{type_name}/",
    "GET /search/",
    "GET /sidebar/",
    "GET /site/",
    "GET /sitemap/",
    "GET /sites/",
    "GET /sites/{site_id}/",
    "GET /snippets/{type}/",
    "GET /snippets/{type}/{pk}/",
    "GET /snippets/{type}/{pk}/revisions/",
    "GET /snippets/{type}/{pk}/revisions/{revision_id}/",
    "GET /taxonomies/",
    "GET /whoami/",
    "PATCH /documents/{document_id}/",
    "PATCH /images/{image_id}/",
    "PATCH /pages/{page_id}/",
    "PATCH /snippets/{type}/{pk}/",
    "POST /documents/",
    "POST /images/",
    "POST /locales/",
    "POST /pages/",
    "POST /pages/{page_id}/actions/convert_alias/",
    "POST /pages/{page_id}/actions/copy/",
    "POST /pages/{page_id}/actions/copy_for_translation/",
    "POST /pages/{page_id}/actions/create_alias/",
    "POST /pages/{page_id}/actions/move/",
    "POST /pages/{page_id}/actions/publish/",
    "POST /pages/{page_id}/actions/revert/",
    "POST /pages/{page_id}/actions/unpublish/",
    "POST /pages/{page_id}/comments/",
    "POST /redirects/",
    "POST /sites/",
    "POST /snippets/{type}/",
    "POST /snippets/{type}/{pk}/actions/copy_for_translation/",
    "POST /snippets/{type}/{pk}/actions/publish/",
    "POST /snippets/{type}/{pk}/actions/revert/",
    "POST /snippets/{type}/{pk}/actions/unpublish/",
    "POST /visits/",
    "PUT /locales/{locale_id}/",
    "PUT /pages/{page_id}/rating/",
    "PUT /redirects/{redirect_id}/",
    "PUT /sites/{site_id}/",
]
# Operations that need no token.
FOR_READERS = {
    "GET /articles/",
    "GET /articles/{article_id}/related/",
    "GET /challenge/",
    "GET /directives/",
    "GET /directives/facets/",
    "GET /directives/{directive_id}/cited_by/",
    "GET /documents/",
    "GET /documents/{document_id}/",
    "GET /images/",
    "GET /images/{image_id}/",
    "GET /navigation/",
    "GET /pages/",
    "GET /pages/find/",
    "GET /pages/{page_id}/",
    "GET /pages/{page_id}/comments/",
    "GET /pages/{page_id}/comments/feed/",
    "GET /pages/{page_id}/rating/",
    "GET /preview/",
    "GET /redirects/",
    "GET /redirects/find/",
    "GET /redirects/{redirect_id}/",
    "GET /resolve/",
    "GET /search/",
    "GET /sidebar/",
    "GET /site/",
    "GET /sitemap/",
    "GET /taxonomies/",
    "POST /visits/",
}

# Write operations without a token: each acts for a visitor's token and needs a solved challenge.
FOR_VISITORS = {
    "DELETE /pages/{page_id}/rating/",
    "POST /pages/{page_id}/comments/",
    "PUT /pages/{page_id}/rating/",
}


def operations():
    """Return method and path of each operation of v3 in its OpenAPI document."""
    schema = api.get_openapi_schema(path_prefix="")
    return sorted(
        f"{method.upper()} {path}"
        for path, methods in schema["paths"].items()
        for method in methods
    )


class EndpointTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.portal = make_portal()
        cls.article = make_article(cls.portal.news)

    def address(self, path):
        ids = dict.fromkeys(
            ("article_id", "document_id", "image_id", "redirect_id", "page_id"), "1"
        )
        for name, value in ids.items():
            path = path.replace(f"{{{name}}}", value)
        return "/api/v3" + path.replace("{", "").replace("}", "")

    def test_all_operations_of_v3(self):
        found = operations()
        print(*found, sep="\n")  # noqa: T201

        assert found == ALL_OPERATIONS

    def test_a_reader_may_call_those_listed_here_and_no_others(self):
        client = Client(raise_request_exception=False)
        live_and_public = set()
        for operation in operations():
            method, path = operation.split()
            response = client.generic(
                method, self.address(path), "{}", content_type="application/json"
            )
            if response.status_code not in {401, 403}:
                live_and_public.add(operation)

        writes = {each for each in live_and_public if not each.startswith("GET ")}
        # Page views may be counted by anybody; nothing else is written without a token.
        assert writes == {*FOR_VISITORS, "POST /visits/"}
        assert live_and_public <= FOR_READERS | FOR_VISITORS

    def test_a_cookie_gives_no_authority_to_write(self):
        log_in(self.client)
        for operation in operations():
            method, path = operation.split()
            if method != "GET" and operation not in FOR_READERS | FOR_VISITORS:
                response = self.client.generic(
                    method, self.address(path), "{}", content_type="application/json"
                )
                assert response.status_code in {401, 403}, operation

    def test_documentation_and_schema_are_there(self):
        docs = self.client.get("/api/v3/docs/")
        schema = self.client.get("/api/v3/openapi.json").json()

        assert docs.status_code == 200
        assert "cdn" not in docs.content.decode()
        assert "PortalPage" in schema["components"]["schemas"]

    def test_the_schema_types_what_our_pages_add(self):
        schemas = self.client.get("/api/v3/openapi.json").json()["components"]["schemas"]

        for name in (
            "PortalPage",
            "PortalTerm",
            "PortalFile",
            "PortalImage",
            "PortalCard",
            "PortalRelationsBothWays",
            "PortalPlace",
            "PortalArea",
            "PortalLinkGroup",
            "PortalVisit",
        ):
            assert name in schemas, name

    def test_v2_serves_pages_images_documents_and_redirects(self):
        make_image(), make_document()
        for name in ("pages", "images", "documents", "redirects"):
            response = self.client.get(f"/api/v2/{name}/")
            assert response.status_code == 200, name
            assert "items" in response.json()

    def test_files_of_a_collection_that_is_private_are_in_no_list(self):
        root = Collection.get_first_root_node()
        hidden = root.add_child(instance=Collection(name="Chưa công bố"))
        CollectionViewRestriction.objects.create(
            collection=hidden, restriction_type=CollectionViewRestriction.LOGIN
        )
        document = make_document("BÍ MẬT", collection=hidden)
        image = make_image("BÍ MẬT", collection=hidden)

        for version in ("v2", "v3"):
            for name, item in (("documents", document), ("images", image)):
                listed = self.client.get(f"/api/{version}/{name}/").json()["items"]
                assert listed == [], (version, name)
                response = self.client.get(f"/api/{version}/{name}/{item.pk}/")
                assert response.status_code == 404, (version, name)

    def test_lists_turn_pages(self):
        for _ in range(4):
            make_article(self.portal.news)
        for version in ("v2", "v3"):
            query = "type=civic_articles.ArticlePage&limit=2"
            pages = [
                [
                    item["id"]
                    for item in self.client.get(
                        f"/api/{version}/pages/?{query}&offset={offset}"
                    ).json()["items"]
                ]
                for offset in (0, 2, 4)
            ]
            assert [len(page) for page in pages] == [2, 2, 1]
            assert len({pk for page in pages for pk in page}) == 5

    def test_lists_narrow_by_type_and_place(self):
        private = make_article(self.portal.news)
        restrict(private)
        for version in ("v2", "v3"):
            for query in (
                "type=civic_articles.ArticlePage",
                f"child_of={self.portal.news.pk}",
                f"search={quote(self.article.title)}",
                f"slug={self.article.slug}",
            ):
                items = self.client.get(f"/api/{version}/pages/?{query}").json()["items"]
                assert [item["id"] for item in items] == [self.article.pk], (version, query)

    def test_hostile_addresses_are_a_clear_4xx_or_an_answer(self):
        huge = "9" * 25
        hostile = [
            f"pages/?offset={huge}",
            f"pages/?limit={huge}",
            f"pages/?offset=-{huge}",
            f"pages/{huge}/",
            f"images/{huge}/",
            f"documents/{huge}/",
            f"pages/?child_of={huge}",
            f"pages/?id={huge}",
            "pages/?offset=-1",
            "pages/?offset=abc",
            "pages/?limit=0",
            "pages/?limit=1e9",
            "pages/?search=%00",
            "pages/?search=a%00b",
            "pages/%00/",
            "pages/?search=%22",
            "pages/?search=%22bao",
            "pages/?search=" + "x" * 10_000,
            "pages/?search=AND+OR+NOT+*+%5E+(+)+:",
            "pages/?search=bai&search_operator=xor",
            "pages/?type=nonsense",
            "pages/?type=auth.User",
            "pages/?locale=xx",
            "pages/?fields=nonsense",
            "pages/?fields=((",
            "pages/?order=password",
            "pages/?order=random",
            "pages/?child_of=abc",
            "pages/?site=evil.example",
            "pages/find/?html_path=/%00",
            "pages/find/?html_path=//evil.example/",
            "pages/find/?html_path=" + "a/" * 2000,
            "pages/find/?id=" + huge,
            "images/?search=%22",
            "documents/?search=%22",
            "redirects/find/?html_path=%00",
            "pages/?%00=1",
        ]
        client = Client(raise_request_exception=False)
        for version in ("v2", "v3"):
            for path in hostile:
                with self.subTest(version=version, path=path[:60]):
                    response = client.get(f"/api/{version}/{path}")
                    assert response.status_code < 500

    def test_nothing_is_found_by_what_is_no_id(self):
        client = Client(raise_request_exception=False)
        for kind in ("pages", "images", "documents", "redirects"):
            for number in ("abc", "", "1.5", "1_0", "%D9%A3"):
                with self.subTest(kind=kind, number=number):
                    response = client.get(f"/api/v2/{kind}/find/?id={number}")
                    assert response.status_code == 400
            for number in ("999999", "9" * 25):
                assert client.get(f"/api/v2/{kind}/find/?id={number}").status_code == 404
            assert client.get(f"/api/v2/{kind}/find/").status_code == 404

    def test_what_wagtail_would_fail_on_is_refused_with_a_reason(self):
        for version in ("v2", "v3"):
            for path in (
                f"pages/?offset={'9' * 25}",
                "pages/?search=%00",
                "pages/?search=bai&search_operator=xor",
            ):
                response = self.client.get(f"/api/{version}/{path}")
                assert response.status_code == 400
                assert response["Content-Type"] == "application/problem+json"
                assert response.json()["detail"]
