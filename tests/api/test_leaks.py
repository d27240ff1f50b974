"""
Neither API reveals hidden content to a client without a token, by any id or parameter.

All hidden content contains a secret word, which no response may contain. A response may also reveal
something by its differences, so filters and searches about hidden pages must answer as for pages
that do not exist.
"""

import re
from itertools import product
from urllib.parse import quote
from uuid import uuid4

import pytest
from django.test import Client, TestCase
from django.utils import timezone
from wagtail.api.v3.urls import api
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Collection, CollectionViewRestriction, Page, PageViewRestriction, Site
from wagtail.rich_text import RichText

from articles.models import RelatedArticle
from feedback.models import Comment
from home.models import FeaturedArticle
from tests.factories import (
    add_card,
    attach,
    cite,
    language,
    link,
    link_directive,
    link_group,
    log_in,
    make_area,
    make_article,
    make_directive,
    make_document,
    make_english,
    make_image,
    make_links,
    make_map,
    make_portal,
    make_superuser,
    paragraph,
    publish,
    relate,
    restrict,
    square,
    translate,
)

pytestmark = pytest.mark.slow

SECRET = "bimat"
WORDS = (SECRET, "bí mật", "kin@benga.example", "quan-tri@benga.example")
# Each as encoded in JSON, in a URL and in a header.
HIDDEN = re.compile(
    "|".join(re.escape(form) for word in WORDS for form in (word, quote(word))), re.IGNORECASE
)
ESCAPED = re.compile(r"\\u([0-9a-fA-F]{4})")
# The values that a parameter of this name is tried with, besides all ids.
TRIED = {
    "rich_text_format": ["db_html", "html", "markdown", "db_markdown"],
    "version": ["live", "draft"],
    "search": [SECRET],
    "q": [SECRET],
    "order": ["title", "-title", "id", "newest", "oldest", "-first_published_at"],
    "locale": ["vi", "en"],
    "site": ["localhost", "khac.example"],
    "slug": [SECRET],
    "title": [SECRET],
    "limit": ["1", "20"],
    "offset": ["0", "1"],
    "fields": ["*", "_,title,parent", "*,alias_of(*)", "parent(*)", "related(title)"],
}
RELATIVES = ("child_of", "descendant_of", "ancestor_of", "translation_of", "parent", "alias_of")


class LeakTestCase(TestCase):
    @classmethod
    def setUpTestData(cls):
        portal = cls.portal = make_portal()
        cls.superuser = make_superuser()
        english = make_english(portal)
        other = make_portal("khac.example", name="Nơi khác")
        cls.foreign = make_article(other.news, title="Nơi khác")

        def secret(name, **fields):
            return make_article(
                fields.pop("below", portal.news),
                title=f"{SECRET} {name}",
                slug=f"{SECRET}-{name}",
                summary=f"{SECRET} tóm tắt",
                **fields,
            )

        later = timezone.now() + timezone.timedelta(days=1)
        cls.draft = secret("nhap", live=False)
        cls.scheduled = secret("hen", live=False, go_live_at=later)
        cls.scheduled.save_revision(approved_go_live_at=later)
        cls.expired = secret("het", live=False, expired=True)
        cls.unpublished = secret("rut")
        cls.unpublished.save_revision().publish()
        cls.unpublished.unpublish()
        cls.private = secret("rieng")
        restrict(cls.private)
        cls.by_password = secret("mat-khau")
        PageViewRestriction.objects.create(
            page=cls.by_password, restriction_type="password", password="x"
        )
        hidden_section = portal.home.add_child(
            instance=type(portal.news)(
                title=f"{SECRET} mục", slug=f"{SECRET}-muc", locale=language("vi")
            )
        )
        cls.below_private = secret("duoi", below=hidden_section)
        restrict(hidden_section)
        dark_section = portal.home.add_child(
            instance=type(portal.news)(
                title=f"{SECRET} mục nháp", slug=f"{SECRET}-nhap", locale=language("vi")
            )
        )
        # Live, below a draft section: public, but its URL contains the slug of the section.
        cls.dark_section = dark_section
        dark_section.live = False
        dark_section.save()
        cls.directive_draft = make_directive(
            portal.register, title=f"{SECRET} van ban", subject=SECRET, live=False
        )
        cls.directive_private = make_directive(
            portal.register, title=f"{SECRET} van ban rieng", subject=SECRET
        )
        restrict(cls.directive_private)
        cls.hidden_pages = [
            cls.draft,
            cls.scheduled,
            cls.expired,
            cls.unpublished,
            cls.private,
            cls.by_password,
            cls.below_private,
        ]
        hidden_directives = [cls.directive_draft, cls.directive_private]

        # Public content that refers to all hidden content in every possible way.
        cls.public = make_article(portal.news, title="Công khai")
        cls.public_directive = make_directive(portal.register)
        cls.public.body = [
            paragraph("Công khai"),
            *(("directive", {"directive": page, "note": ""}) for page in hidden_directives),
        ]
        cls.public.related_articles = [
            RelatedArticle(article=page, locale=language("vi")) for page in cls.hidden_pages
        ]
        for page in hidden_directives:
            link_directive(cls.public, page)
            relate(cls.public_directive, "amends", page)
            relate(page, "replaces", cls.public_directive)
        for page in cls.hidden_pages:
            cite(page, cls.public_directive)
        portal.home.lead = cls.draft
        portal.home.featured_articles = [
            FeaturedArticle(article=page, locale=language("vi")) for page in cls.hidden_pages
        ]
        publish(portal.home)
        cls.public.title = f"{SECRET} bản sửa"
        cls.public.save_revision()
        cls.public.title = "Công khai"
        cls.public.save()

        widget = make_links(
            portal.shelf,
            groups=[link_group(*(link("Bài", url="", page=page) for page in cls.hidden_pages))],
        )
        keys = [f"khu-{number}" for number in range(len(cls.hidden_pages))]
        area_map = make_map(
            portal.shelf,
            boundaries={
                "type": "FeatureCollection",
                "features": [square(key) for key in keys],
            },
        )
        for key, page in zip(keys, cls.hidden_pages, strict=True):
            make_area(area_map, key, link_page=page)
        hidden_widget = make_links(portal.shelf, title=f"{SECRET} liên kết", live=False)
        for each in (widget, area_map, hidden_widget):
            add_card(portal.home, each)

        # A translation and an alias whose source is private.
        source, aliased = (
            make_article(portal.news, title=f"{SECRET} gốc {n}", slug=f"goc-{n}") for n in "ab"
        )
        translate(source, title="Visible", slug="visible", summary="Visible")
        alias = aliased.create_alias(parent=english.news, update_slug="alias")
        alias.title = alias.draft_title = "Alias"
        alias.save()
        cls.hidden_pages += [source, aliased]
        for page in (source, aliased):
            restrict(page)

        collection = Collection.get_first_root_node().add_child(
            instance=Collection(name=f"{SECRET} tập")
        )
        CollectionViewRestriction.objects.create(collection=collection, restriction_type="login")
        attach(cls.public_directive, make_document(f"{SECRET} tệp", collection=collection))
        hidden_image = make_image(f"{SECRET} ảnh", description=SECRET, collection=collection)
        make_image("Công khai").tags.add("công khai")
        hidden_image.tags.add(SECRET)
        Redirect.objects.create(old_path="/cu", redirect_page=cls.public)

        for status in ("pending", "rejected", "spam"):
            Comment.objects.create(
                page=cls.public,
                name=f"{SECRET} Lan",
                body=f"{SECRET} lời",
                email="kin@benga.example",
                status=status,
                visitor=uuid4(),
            )
        approved = Comment.objects.create(
            page=cls.public,
            name="Lan",
            body="Hay",
            email="kin@benga.example",
            status="approved",
            visitor=uuid4(),
        )
        Comment.objects.create(
            page=cls.public, name=SECRET, body=SECRET, status="pending", parent=approved
        )
        Comment.objects.create(
            page=cls.private,
            name=SECRET,
            body=SECRET,
            status="approved",
            email="kin@benga.example",
        )

    def ids(self):
        """Return every id in use, and one that is not."""
        highest = max(
            model.objects.order_by("-pk").values_list("pk", flat=True).first() or 1
            for model in (Page, Comment, type(make_image()))
        )
        return range(1, highest + 2)

    def assert_silent(self, response, address):
        assert response.status_code < 500, (address, response.content[:500])
        text = response.content.decode()
        text = ESCAPED.sub(lambda match: chr(int(match[1], 16)), text)
        text += " ".join(f"{name}: {value}" for name, value in response.headers.items())
        # What an error repeats from the request reveals nothing.
        found = HIDDEN.search(text)
        asked = HIDDEN.search(address)
        assert not found or (asked and response.status_code >= 400), (
            f"{address} tells “{text[max(0, found.start() - 200) : found.end() + 60]}”"
        )


class CrawlTests(LeakTestCase):
    def reads(self):
        """Return each GET operation of v3: (path, path parameters, query parameters)."""
        for path, methods in api.get_openapi_schema(path_prefix="")["paths"].items():
            if operation := methods.get("get"):
                parameters = operation.get("parameters", [])
                yield (
                    path,
                    [each["name"] for each in parameters if each["in"] == "path"],
                    [each["name"] for each in parameters if each["in"] == "query"],
                )

    def crawl(self, address):
        response = self.client.get(address, headers={"host": "localhost"})
        self.assert_silent(response, address)
        return response

    def test_every_read_of_v3_by_every_id(self):
        ids, asked = self.ids(), 0
        for path, names, parameters in self.reads():
            places = [
                ids if _is_id(name) else ["civic_articles.category", "vi", "x"] for name in names
            ]
            for values in product(
                *(list(place) for place in places[:1]), *([1],) * len(places[1:])
            ):
                address = "/api/v3" + path
                for name, value in zip(names, values, strict=True):
                    address = address.replace(f"{{{name}}}", str(value))
                response = self.crawl(address)
                asked += 1
                if response.status_code != 200:
                    continue
                for name in parameters:
                    for value in TRIED.get(name, []):
                        self.crawl(f"{address}?{name}={quote(value)}")
                        asked += 1
        assert asked > 300

    def test_every_parameter_of_v3_with_every_hidden_page(self):
        hidden = [page.pk for page in self.hidden_pages] + [self.foreign.pk, self.dark_section.pk]
        for path, names, parameters in self.reads():
            if names:
                continue
            for name in {*parameters, *RELATIVES}:
                for value in [*hidden, SECRET, f"/tin-tuc/{SECRET}-rieng/", f"/{SECRET}-muc/"]:
                    self.crawl(f"/api/v3{path}?{name}={quote(str(value))}")

    def test_every_read_of_v2(self):
        ids = self.ids()
        for kind in ("pages", "images", "documents", "redirects"):
            for pk in ids:
                for query in ("", "?fields=*", "?fields=_,parent"):
                    self.crawl(f"/api/v2/{kind}/{pk}/{query}")
                self.crawl(f"/api/v2/{kind}/find/?id={pk}")
            for name, values in TRIED.items():
                for value in values:
                    self.crawl(f"/api/v2/{kind}/?{name}={quote(value)}")
        types = ("civic_articles.ArticlePage", "civic_directives.DirectivePage", "home.HomePage")
        for kind in (
            *types,
            "civic_widgets.WebsiteLinksPage",
            "civic_widgets.AdministrativeMapPage",
        ):
            for query in ("fields=*", "fields=*&rich_text_format=html", "fields=*&locale=en"):
                self.crawl(f"/api/v2/pages/?type={kind}&{query}&limit=50")
        for name, pk in product(RELATIVES, ids):
            self.crawl(f"/api/v2/pages/?{name}={pk}")

    def test_redirects_lead_to_nothing_hidden(self):
        for page in [*self.hidden_pages, self.foreign]:
            Redirect.objects.create(old_path=f"/cu-{page.pk}", redirect_page=page)
        for version in ("v2", "v3"):
            self.crawl(f"/api/{version}/redirects/")
            for redirect in Redirect.objects.all():
                self.crawl(f"/api/{version}/redirects/{redirect.pk}/")
                self.crawl(f"/api/{version}/redirects/find/?html_path={redirect.old_path}")

    def test_a_path_to_something_hidden_is_not_found(self):
        for page in [*self.hidden_pages, self.directive_draft, self.directive_private]:
            path = page.get_url_parts() and page.get_url_parts()[2]
            for address in (
                f"/api/v2/pages/find/?html_path={path}",
                f"/api/v3/pages/find/?html_path={path}",
            ):
                assert self.client.get(address).status_code == 404, address


class TextLinkTests(LeakTestCase):
    def test_a_link_in_a_text_leads_to_nothing_hidden(self):
        pages = [*self.hidden_pages, self.directive_draft, self.directive_private]
        links = "".join(f'<a linktype="page" id="{page.pk}">xem</a>' for page in pages)
        article = make_article(
            self.portal.news,
            body=[
                ("paragraph", RichText(f"<p>{links}</p>")),
                ("callout", {"kind": "note", "title": "", "text": RichText(f"<p>{links}</p>")}),
            ],
        )
        directive = make_directive(self.portal.register, body=f"<p>{links}</p>")
        for page, version, form in product(
            (article, directive), ("v2", "v3"), TRIED["rich_text_format"]
        ):
            address = f"/api/{version}/pages/{page.pk}/?rich_text_format={form}"
            self.assert_silent(self.client.get(address), address)


class OracleTests(LeakTestCase):
    """Hidden content cannot be told from content that does not exist."""

    def answer(self, address):
        response = self.client.get(address)
        return response.status_code, re.sub(r"\d+", "N", response.content.decode())

    def test_relatives_of_hidden_pages_are_those_of_none(self):
        for version, name in product(("v2", "v3"), RELATIVES[:4]):
            address = f"/api/{version}/pages/?{name}="
            expected = self.answer(f"{address}{999_999}")
            for page in [*self.hidden_pages, self.foreign]:
                assert self.answer(f"{address}{page.pk}") == expected, f"{address}{page.pk}"

    def test_an_id_of_something_hidden_is_one_of_nothing(self):
        for version in ("v2", "v3"):
            expected = self.answer(f"/api/{version}/pages/999999/")
            for page in [*self.hidden_pages, self.foreign, self.dark_section]:
                assert self.answer(f"/api/{version}/pages/{page.pk}/") == expected
        for name in ("comments", "rating"):
            expected = self.answer(f"/api/v3/pages/999999/{name}/")
            for page in [*self.hidden_pages, self.foreign]:
                assert self.answer(f"/api/v3/pages/{page.pk}/{name}/") == expected

    def test_no_order_and_no_filter_asks_what_is_not_shown(self):
        for version in ("v2", "v3"):
            address = f"/api/{version}/pages/?type=civic_articles.ArticlePage&"
            for name in (
                "draft_title",
                "owner",
                "owner__email",
                "owner__password",
                "live",
                "locked_by",
                "latest_revision",
                "go_live_at",
                "alias_of__title",
                "related_articles__article__title",
            ):
                assert self.client.get(f"{address}order={name}").status_code >= 400, name
                for value in ("x", SECRET, "1"):
                    filtered = self.client.get(f"{address}{name}={value}")
                    if filtered.status_code == 200:
                        unfiltered = self.client.get(address)
                        assert filtered.json() == unfiltered.json(), (version, name)

    def test_search_and_counts_know_nothing_hidden(self):
        for version in ("v2", "v3"):
            for query in (
                f"search={SECRET}",
                f"title={quote(f'{SECRET} rieng')}",
                f"slug={SECRET}-rieng",
            ):
                data = self.client.get(f"/api/{version}/pages/?{query}").json()
                assert data["items"] == []
                assert (data["meta"]["total_count"] if version == "v2" else data["count"]) == 0


class CookieTests(LeakTestCase):
    """A session gives no permissions in either API (CSRF)."""

    def test_an_administrators_cookie_reads_nothing_more(self):
        log_in(self.client, self.superuser)
        for page in [*self.hidden_pages, self.foreign]:
            for address in (
                f"/api/v2/pages/{page.pk}/",
                f"/api/v3/pages/{page.pk}/",
                f"/api/v3/pages/{page.pk}/?version=draft",
            ):
                assert self.client.get(address).status_code == 404, address

    def test_an_administrators_cookie_writes_nothing(self):
        client = Client(raise_request_exception=False)
        log_in(client, self.superuser)
        before = list(Page.objects.order_by("pk").values_list("pk", "title", "live", "path"))
        comments = list(Comment.objects.values_list("pk", "status"))
        sites = list(Site.objects.values_list("pk", "hostname"))
        writes = 0
        for path, methods in api.get_openapi_schema(path_prefix="")["paths"].items():
            for method in methods:
                if method == "get":
                    continue
                address = "/api/v3" + re.sub(
                    r"\{(\w+)\}", lambda match: _value(match[1], self.public), path
                )
                for body in (
                    "{}",
                    '{"title": "x", "meta": {"type": "civic_articles.ArticlePage"}}',
                ):
                    for kind in ("application/json", "text/plain"):
                        response = client.generic(method.upper(), address, body, content_type=kind)
                        assert 400 <= response.status_code < 500, (method, address)
                        writes += 1
        assert writes > 60
        assert (
            list(Page.objects.order_by("pk").values_list("pk", "title", "live", "path")) == before
        )
        assert list(Comment.objects.values_list("pk", "status")) == comments
        assert list(Site.objects.values_list("pk", "hostname")) == sites

    def test_v2_writes_nothing_at_all(self):
        log_in(self.client, self.superuser)
        for method in ("post", "put", "patch", "delete"):
            for kind in ("pages", "images", "documents", "redirects"):
                for address in (f"/api/v2/{kind}/", f"/api/v2/{kind}/{self.public.pk}/"):
                    assert getattr(self.client, method)(address).status_code == 405


def _is_id(name):
    return name.endswith("_id") or name in {"directive", "pk"}


def _value(name, page):
    return {"type": "civic_articles.category", "pk": "1"}.get(name, str(page.pk))
