"""The home of the admin, lists of terms and the account's settings, as an editor meets them."""

from datetime import timedelta

from django.contrib.humanize.templatetags.humanize import naturaltime
from django.test import TestCase
from django.urls import reverse
from django.utils import timezone, translation
from wagtail.test.utils.wagtail_tests import WagtailTestUtils

from feedback.services import save_rating
from home.services import create_site_groups
from tests import factories


class AdminHomeTests(WagtailTestUtils, TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.portal = factories.make_portal()
        factories.make_english(cls.portal)
        cls.article = factories.make_article(cls.portal.news)
        cls.other = factories.make_portal("go-say.localhost", "Phường Gò Sậy")
        foreign = factories.make_article(cls.other.news)
        groups = create_site_groups(site=cls.portal.site)
        create_site_groups(site=cls.other.site)
        cls.editor = factories.make_user("bien-tap", *groups)
        for page, number in ((cls.article, 1), (foreign, 2)):
            save_rating(page=page, visitor=f"00000000-0000-0000-0000-00000000000{number}", stars=4)

    def setUp(self):
        factories.log_in(self.client, self.editor)

    def text(self, address):
        soup = self.get_soup(self.client.get(address).content)
        return " ".join(soup.select_one("main").get_text(" ").split())

    def test_the_site_of_its_editor_is_named_and_counted(self):
        text = self.text(reverse("wagtailadmin_home"))

        assert text.startswith("Phường Bến Ngà")
        # Four sections and their translations, and the article.
        assert "9 Trang được tạo trong Phường Bến Ngà" in text

    def test_terms_show_their_language_in_lists(self):
        category = factories.make_category("Giáo dục")
        category.copy_for_translation(factories.language("en")).save()
        for name in ("articles_category", "directives_documenttype", "directives_issuingbody"):
            address = reverse(f"wagtailsnippets_civic_{name}:list")
            soup = self.get_soup(self.client.get(address).content)
            headings = [each.get_text(strip=True) for each in soup.select("main thead th")]
            assert any(each.startswith("Ngôn ngữ") for each in headings), name

    def test_an_account_chooses_no_time_zone(self):
        assert "localtime" not in self.client.get(reverse("wagtailadmin_account")).content.decode()


class TimeTests(TestCase):
    def test_times_past_are_told_in_the_language_of_the_interface(self):
        now = timezone.now()
        with translation.override("vi"):
            assert naturaltime(now - timedelta(seconds=5)) == "5\xa0giây trước"
            assert naturaltime(now - timedelta(days=3)) == "3\xa0ngày trước"
