from django.test import TestCase
from django.urls import reverse
from wagtail.test.utils.form_data import inline_formset, nested_form_data

from home.models import AgencySettings, AgencyText, SocialLink
from tests.factories import language, log_in, make_english, make_image, make_portal


class AgencyTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.portal = make_portal()
        cls.english = make_english(cls.portal)
        cls.settings = AgencySettings.for_site(cls.portal.site)

    def say(self, code="vi", **fields):
        fields = {"name": "Ủy ban nhân dân phường Bến Ngà"} | fields
        order = self.settings.texts.count()
        AgencyText.objects.create(
            settings=self.settings, locale=language(code), sort_order=order, **fields
        )

    def test_every_page_names_the_agency_in_its_language(self):
        self.say("vi", motto="Tỉnh Lam Giang", address="12 đường Sông Ngà")
        self.say("en", name="People's Committee", motto="Lam Giang Province")

        vietnamese = self.client.get(self.portal.news.url)
        english = self.client.get(self.english.news.url)

        for text in ("Ủy ban nhân dân phường Bến Ngà", "Tỉnh Lam Giang", "12 đường Sông Ngà"):
            self.assertContains(vietnamese, text)
        self.assertContains(english, "People&#x27;s Committee")
        self.assertContains(english, "Lam Giang Province")
        self.assertNotContains(english, "Ủy ban nhân dân phường Bến Ngà")

    def test_a_language_without_a_text_has_that_of_the_first(self):
        self.say("vi")

        self.assertContains(
            self.client.get(self.english.home.url), "Ủy ban nhân dân phường Bến Ngà"
        )

    def test_without_any_text_the_site_has_its_name(self):
        self.assertContains(self.client.get(self.portal.home.url), self.portal.site.site_name)

    def test_the_footer_says_who_answers_and_where_to_follow(self):
        self.say(responsible="Ông Trần Văn Bình", footer_text="Ghi rõ nguồn khi trích dẫn.")
        self.settings.telephone = "0239 555 0100"
        self.settings.email = "ubnd@benga.example"
        self.settings.mark = make_image()
        self.settings.colour = "#123456"
        self.settings.save()
        SocialLink.objects.create(
            settings=self.settings, name="Zalo", url="https://zalo.example/benga"
        )

        response = self.client.get(self.portal.home.url)

        for text in (
            "Ông Trần Văn Bình",
            "Ghi rõ nguồn khi trích dẫn.",
            'href="tel:02395550100"',
            'href="mailto:ubnd@benga.example"',
            'href="https://zalo.example/benga"',
            "/agency-123456.css",
            ".webp",
        ):
            self.assertContains(response, text)

    def test_texts_with_markup_are_printed_as_text(self):
        evil = "</style><script>alert(1)</script>"
        self.say(name=evil, motto=evil, address=evil, responsible=evil, footer_text=evil)

        html = self.client.get(self.portal.home.url).content.decode()

        assert "alert(1)" in html
        assert "<script>alert(1)" not in html

    def test_an_editor_of_settings_is_told_that_a_colour_is_none(self):
        log_in(self.client)
        address = reverse(
            "wagtailsettings:edit", args=["home", "agencysettings", self.portal.site.pk]
        )
        data = {
            "texts": inline_formset([]),
            "social_links": inline_formset([]),
            "mark": "",
            "telephone": "",
            "email": "",
            "colour": "red;}</style>",
        }

        response = self.client.post(address, nested_form_data(data))

        assert response.status_code == 200
        assert "colour" in response.context["form"].errors

    def test_an_editor_of_settings_can_change_every_text(self):
        log_in(self.client)
        address = reverse(
            "wagtailsettings:edit", args=["home", "agencysettings", self.portal.site.pk]
        )
        text = {
            "locale": language("vi").pk,
            "name": "Ủy ban mới",
            "motto": "",
            "address": "",
            "responsible": "",
            "footer_text": "",
        }
        data = {
            "texts": inline_formset([text]),
            "social_links": inline_formset([]),
            "mark": "",
            "telephone": "",
            "email": "",
            "colour": "#0b5394",
        }

        with self.captureOnCommitCallbacks(execute=True):
            response = self.client.post(address, nested_form_data(data))

        assert response.status_code == 302
        self.assertContains(self.client.get(self.portal.home.url), "Ủy ban mới")

    def test_each_site_has_an_agency_of_its_own(self):
        make_portal("go-say.localhost", "Phường Gò Sậy")
        self.say()

        response = self.client.get("/", headers={"host": "go-say.localhost"})

        self.assertContains(response, "Phường Gò Sậy")
        self.assertNotContains(response, "Bến Ngà")
