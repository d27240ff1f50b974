import json

from django.urls import reverse
from wagtail.test.utils import WagtailPageTestCase
from wagtail.test.utils.form_data import nested_form_data, streamfield

from tests.factories import (
    add_card,
    language,
    link,
    link_group,
    log_in,
    make_article,
    make_english,
    make_image,
    make_links,
    make_portal,
    restrict,
    translate,
)
from tests.queries import queries_of
from widgets.models import WebsiteLinksPage, WidgetIndexPage


def links_form(*links, **changes):
    """What the form posts; wagtail.test.utils.form_data has no list of structs by name."""
    items = streamfield([("x", each) for each in links])
    for number in range(len(links)):
        del items[str(number)]["type"]
        items[str(number)]["id"] = ""
    return {
        "title": "Liên kết",
        "slug": "lien-ket",
        "introduction": "",
        "display": "list",
        "groups": streamfield([("group", {"heading": "Cơ quan", "links": items})]),
    } | changes


def posted(title="Cổng tỉnh", url="https://tinh.example/", page=""):
    return {"title": title, "url": url, "page": page, "description": "", "logo": ""}


class LinksPageTests(WagtailPageTestCase):
    @classmethod
    def setUpTestData(cls):
        cls.portal = make_portal()

    def test_lives_only_on_the_shelf_of_widgets(self):
        self.assertAllowedParentPageTypes(WebsiteLinksPage, {WidgetIndexPage})
        self.assertAllowedSubpageTypes(WebsiteLinksPage, {})

    def test_an_editor_can_create_it(self):
        log_in(self.client)

        self.assertCanCreate(
            self.portal.shelf, WebsiteLinksPage, nested_form_data(links_form(posted()))
        )

        [group] = WebsiteLinksPage.objects.get().shown_groups()
        assert [each["title"] for each in group["links"]] == ["Cổng tỉnh"]

    def test_can_be_previewed_before_its_first_save(self):
        unsaved = WebsiteLinksPage(
            title="Liên kết", groups=[link_group(link("Báo tỉnh"))], locale=language("vi")
        )

        response = unsaved.make_preview_request()

        self.assertContains(response, "Báo tỉnh")

    def test_more_links_cost_no_more_queries(self):
        page = make_links(self.portal.shelf)
        add_card(self.portal.home, page)
        counts = []
        for size in (10, 20):
            links = [
                link(f"Bài {n}", url="", page=make_article(self.portal.news), logo=make_image())
                for n in range(size)
            ]
            page.groups = [link_group(*links), *(link_group() for _ in range(size))]
            page.save()
            counts.append([queries_of(self.client, each.url) for each in (page, self.portal.home)])

        assert counts[0] == counts[1]

    def test_a_link_needs_an_address_or_a_page_but_not_both(self):
        log_in(self.client)
        article = make_article(self.portal.news)
        address = reverse(
            "wagtailadmin_pages:add",
            args=["civic_widgets", "websitelinkspage", self.portal.shelf.pk],
        )

        for wrong in (posted(url=""), posted(page=article.pk)):
            response = self.client.post(address, nested_form_data(links_form(wrong)))
            assert "groups" in response.context["form"].errors

    def test_an_address_that_could_run_a_script_is_refused(self):
        log_in(self.client)
        address = reverse(
            "wagtailadmin_pages:add",
            args=["civic_widgets", "websitelinkspage", self.portal.shelf.pk],
        )

        for url in (
            "javascript:alert(1)",
            "data:text/html,x",
            "ftp://x.example/",
            "//x",
            "https://tinh.example@evil.example/",
            "https://:word@evil.example/",
            "https://evil.example\\@tinh.example/",
            "http://[::1",
            "http://x.example:99999999/",
            "\tjavascript:alert(1)",
            "HTTPS:evil.example",
            "https://" + "a" * 600 + ".example/",
        ):
            response = self.client.post(address, nested_form_data(links_form(posted(url=url))))
            assert "groups" in response.context["form"].errors, url
            if "://" not in url:
                self.assertContains(response, json.dumps("Hãy nhập một địa chỉ")[1:-1])

    def test_an_address_is_kept_without_its_control_characters(self):
        log_in(self.client)
        address = reverse(
            "wagtailadmin_pages:add",
            args=["civic_widgets", "websitelinkspage", self.portal.shelf.pk],
        )

        self.client.post(
            address, nested_form_data(links_form(posted(url="https://x.example/\x00\x07a")))
        )

        draft = WebsiteLinksPage.objects.get().get_latest_revision_as_object()
        assert draft.groups[0].value["links"][0]["url"] == "https://x.example/a"

    def test_links_to_pages_are_shown_only_if_readers_may_see_them(self):
        public = make_article(self.portal.news, title="Công khai")
        draft = make_article(self.portal.news, live=False)
        private = make_article(self.portal.news)
        restrict(private)
        page = make_links(
            self.portal.shelf,
            groups=[
                link_group(
                    link("Thấy được", url="", page=public),
                    link("Còn nháp", url="", page=draft),
                    link("Nội bộ", url="", page=private),
                )
            ],
        )
        add_card(self.portal.home, page)

        for address in (page.url, self.portal.home.url):
            response = self.client.get(address)
            self.assertContains(response, "Thấy được")
            self.assertNotContains(response, "Còn nháp")
            self.assertNotContains(response, "Nội bộ")

    def test_a_page_is_linked_in_the_language_of_the_directory(self):
        make_english(self.portal)
        article = make_article(self.portal.news)
        translated_article = translate(article, slug="news-item")
        page = make_links(self.portal.shelf, groups=[link_group(link("Bài", url="", page=article))])

        response = self.client.get(translate(page, title="Links").url)

        self.assertContains(response, translated_article.url)

    def test_each_display_shows_every_link_in_a_sidebar(self):
        for display in WebsiteLinksPage.Display:
            with self.subTest(display):
                home = make_portal(f"{display}.localhost", f"Phường {display}")
                page = make_links(home.shelf, display=display)
                add_card(home.home, page)

                response = self.client.get("/", headers={"host": f"{display}.localhost"})

                self.assertContains(response, "https://dichvucong.example/")

    def test_titles_with_markup_are_printed_as_text(self):
        evil = '"><script>alert(1)</script>'
        links = link_group(link(evil, description=evil), heading=evil[:100])
        page = make_links(self.portal.shelf, groups=[links], introduction=evil)
        add_card(self.portal.home, page)

        for address in (page.url, self.portal.home.url):
            html = self.client.get(address).content.decode()
            assert "alert(1)" in html
            assert "<script>alert(1)" not in html
