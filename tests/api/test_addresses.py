"""All URLs in a response are absolute and on the requested site."""

from django.test import TestCase
from wagtail.models import Site
from wagtail.rich_text import RichText

from tests.factories import (
    add_card,
    make_article,
    make_directive,
    make_document,
    make_english,
    make_image,
    make_portal,
    make_statistics,
    paragraph,
    restrict,
    translate,
)
from tests.feedback.test_comments import make_comment
from tests.queries import queries_of


class AddressTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.portal = make_portal()
        cls.other = make_portal("go-say.localhost", "Phường Gò Sậy")
        Site.objects.filter(pk=cls.other.site.pk).update(port=8443)

    def found_in(self, data):
        """Yield every text of a response that may be a URL, with its location."""
        if isinstance(data, dict):
            for name, each in data.items():
                if name.endswith("url") and each:
                    yield each
                yield from self.found_in(each)
        elif isinstance(data, list):
            for each in data:
                yield from self.found_in(each)

    def article_of(self, portal):
        document, image = make_document(), make_image()
        other = make_article(portal.news)
        text = (
            f'<p><a linktype="page" id="{other.pk}">bài</a> '
            f'<a linktype="document" id="{document.pk}">tệp</a> '
            '<a href="https://elsewhere.example/a">ngoài</a></p>'
            f'<embed embedtype="image" id="{image.pk}" format="left" alt="Cầu"/>'
        )
        body = [
            ("paragraph", RichText(text)),
            ("callout", {"kind": "note", "title": "", "text": RichText(text)}),
            ("image", {"image": image, "alt_text": "", "caption": ""}),
            ("download", {"document": document, "description": ""}),
        ]
        article = make_article(portal.news, cover=image, body=body)
        add_card(portal.home, make_statistics(portal.shelf))
        return article

    def test_they_are_those_of_the_site_that_is_asked(self):
        for portal, host, base in (
            (self.portal, "localhost", "http://localhost/"),
            (self.other, "go-say.localhost:8443", "http://go-say.localhost:8443/"),
        ):
            article = self.article_of(portal)
            for version in ("v2", "v3"):
                for address in (f"pages/{article.pk}/", "images/", "documents/"):
                    path = f"/api/{version}/{address}"
                    data = self.client.get(path, headers={"host": host}).json()
                    found = list(self.found_in(data))
                    assert found, path
                    assert [url for url in found if not url.startswith(base)] == [], path

    def test_so_are_those_in_a_text_that_is_displayed_as_it_is(self):
        article = self.article_of(self.portal)
        for version in ("v2", "v3"):
            for form in ("", "html", "markdown"):
                query = f"?rich_text_format={form}" if form else ""
                path = f"/api/{version}/pages/{article.pk}/{query}"
                texts = [
                    block["value"] if block["type"] == "paragraph" else block["value"]["text"]
                    for block in self.client.get(path).json()["body"][:2]
                ]
                for text in texts:
                    assert "http://localhost/tin-tuc/" in text, path
                    assert "http://localhost/documents/" in text
                    assert "https://elsewhere.example/a" in text
                    for broken in ('="/', "](/", "linktype"):
                        assert broken not in text

    def test_who_edits_gets_the_text_as_it_is_stored(self):
        article = self.article_of(self.portal)
        path = f"/api/v3/pages/{article.pk}/?rich_text_format=db_html"

        assert 'linktype="page"' in self.client.get(path).json()["body"][0]["value"]

    def test_a_document_s_text_is_no_exception(self):
        article = make_article(self.portal.news)
        directive = make_directive(
            self.portal.register, body=f'<p><a linktype="page" id="{article.pk}">bài</a></p>'
        )
        for version in ("v2", "v3"):
            data = self.client.get(f"/api/{version}/pages/{directive.pk}/").json()
            assert data["body"] == f'<p><a href="{article.full_url}">bài</a></p>'

    def test_a_host_that_is_no_site_s_is_answered_with_the_default_site_s(self):
        article = self.article_of(self.portal)
        data = self.client.get(f"/api/v3/pages/{article.pk}/", headers={"host": "10.0.0.7:8000"})

        assert {url.startswith("http://localhost/") for url in self.found_in(data.json())} == {True}

    def test_a_site_that_is_named_is_the_one_whose_they_are(self):
        article = make_article(self.other.news, cover=make_image())
        comment = make_comment(article)
        path = f"/api/v3/pages/{article.pk}/comments/?site=go-say.localhost"

        [found] = self.client.get(path).json()["items"]

        assert found["url"] == f"http://go-say.localhost:8443/readers/comments/{comment.pk}/"

    def test_links_lead_to_the_page_s_own_language(self):
        make_english(self.portal)
        article = make_article(self.portal.news)
        english = translate(article, title="News item", slug="news-item")
        link = paragraph(f'<a linktype="page" id="{article.pk}">bài</a>')
        speaker = make_article(self.portal.news, body=[link])
        told = translate(speaker, title="Told", slug="told")

        for version in ("v2", "v3"):
            for page, leads_to in ((speaker, article), (told, english)):
                data = self.client.get(f"/api/{version}/pages/{page.pk}/").json()
                assert f'href="{leads_to.full_url}"' in data["body"][0]["value"]

    def test_a_link_to_what_is_hidden_tells_nothing_of_it(self):
        draft = make_article(self.portal.news, title="BÍ MẬT", slug="bi-mat-1", live=False)
        private = make_article(self.portal.news, title="BÍ MẬT", slug="bi-mat-2")
        restrict(private)
        text = "".join(f'<a linktype="page" id="{p.pk}">words</a>' for p in (draft, private))
        article = make_article(self.portal.news, body=[paragraph(text)])

        addresses = [f"/api/{version}/pages/{article.pk}/" for version in ("v2", "v3")]
        for address in [*addresses, article.url]:
            answer = self.client.get(address).content.decode()
            assert "bi-mat" not in answer
            assert answer.count("words") >= 2

    def test_many_links_cost_no_more_than_few(self):
        article = make_article(self.portal.news)
        found = []
        for _ in range(2):
            links = [
                f'<a linktype="page" id="{make_article(self.portal.news).pk}">x</a>'
                f'<a linktype="document" id="{make_document().pk}">y</a>'
                for _ in range(10)
            ]
            article.body.extend(paragraph(each) for each in links)
            article.save()
            found.append(queries_of(self.client, f"/api/v3/pages/{article.pk}/"))

        assert found[0] == found[1]
