"""A project gives the classes of its design system to our buttons, fields and pages."""

from bs4 import BeautifulSoup
from django.test import TestCase, override_settings

from tests.factories import make_article, make_portal

DSFR = {
    "button": "fr-btn fr-btn--secondary",
    "button_primary": "fr-btn",
    "field": "fr-input-group",
    "label": "fr-label",
    "input": "fr-input",
    "select": "fr-select",
    "textarea": "fr-input",
    "container": "fr-container",
}


class LookTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.portal = make_portal()
        cls.article = make_article(cls.portal.news)

    def see(self, page):
        return BeautifulSoup(self.client.get(page.url).content, "html.parser").select_one("main")

    def test_theirs_replace_ours(self):
        with override_settings(CIVIC_PORTAL_CLASSES=DSFR):
            article, register = self.see(self.article), self.see(self.portal.register)

        for page in (article, register):
            assert not page.select(".button, .field, .portal-page")
            assert page.select_one(".fr-container h1")
        assert article.select_one(".fr-input-group > label.fr-label + input.fr-input")
        assert article.select_one("textarea.fr-input")["name"] == "body"
        assert article.select_one("form.comment-form button.fr-btn")
        assert register.select_one("button.fr-btn.filters__submit")
        assert {each["class"][0] for each in register.select("select")} == {"fr-select"}

    def test_without_them_our_own_are_there(self):
        page = self.see(self.article)

        assert page.select_one(".portal-page .field > input:not([class])")
        assert page.select_one("form.comment-form .button.button--primary")

    def test_the_title_of_a_page_is_filled_in(self):
        self.article.seo_title = "Tựa của công cụ tìm kiếm"
        self.article.save_revision().publish()

        page = self.client.get(self.article.url)

        self.assertContains(page, "<title>Tựa của công cụ tìm kiếm – ")
