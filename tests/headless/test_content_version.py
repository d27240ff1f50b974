"""
Every change of content that readers can see raises the content version and invalidates caches.
"""

import pytest
from django.test import TestCase
from wagtail.models import PageViewRestriction

from home.models import AgencySettings, AgencyText
from tests.changes import version_now
from tests.factories import (
    add_card,
    language,
    make_article,
    make_category,
    make_directive,
    make_image,
    make_links,
    make_portal,
    make_statistics,
    publish,
)

pytestmark = pytest.mark.vendor


class FreshnessTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.portal = make_portal()
        cls.article = make_article(cls.portal.news, title="Khai giảng")

    def read(self, page=None):
        return self.client.get((page or self.portal.home).url).content.decode()

    def changing(self):
        """Commit within the block, as at the end of a request."""
        return self.captureOnCommitCallbacks(execute=True)

    def test_home_and_lists_show_an_article_as_soon_as_it_is_published(self):
        draft = make_article(self.portal.news, title="Vừa xong", live=False)
        for page in (self.portal.home, self.portal.news):
            assert "Vừa xong" not in self.read(page)

        with self.changing():
            publish(draft)

        for page in (self.portal.home, self.portal.news):
            assert "Vừa xong" in self.read(page)

    def test_home_and_lists_forget_an_article_as_soon_as_it_is_taken_back(self):
        for page in (self.portal.home, self.portal.news):
            assert "Khai giảng" in self.read(page)

        with self.changing():
            self.article.unpublish()

        for page in (self.portal.home, self.portal.news):
            assert "Khai giảng" not in self.read(page)

    def test_a_deleted_article_is_gone(self):
        assert "Khai giảng" in self.read()

        with self.changing():
            self.article.delete()

        assert "Khai giảng" not in self.read()

    def test_a_page_made_private_is_gone_and_comes_back(self):
        assert "Khai giảng" in self.read()

        with self.changing():
            restriction = PageViewRestriction.objects.create(
                page=self.article, restriction_type=PageViewRestriction.LOGIN
            )
        assert "Khai giảng" not in self.read()

        with self.changing():
            restriction.delete()
        assert "Khai giảng" in self.read()

    def test_a_moved_page_takes_its_place_in_the_menu_along(self):
        assert "Tin tức" in self.read(self.portal.register)

        with self.changing():
            self.portal.news.show_in_menus = False
            publish(self.portal.news)

        assert 'href="/tin-tuc/"' not in self.read(self.portal.register)

    def test_a_new_title_of_a_section_is_in_menu_and_breadcrumbs(self):
        self.read(self.article)

        with self.changing():
            self.portal.news.title = "Thời sự"
            publish(self.portal.news)

        html = self.read(self.article)
        assert html.count("Thời sự") >= 3
        assert '<a href="/tin-tuc/">Tin tức</a>' not in html

    def test_the_agency_changes_with_its_settings(self):
        self.read()

        with self.changing():
            settings = AgencySettings.for_site(self.portal.site)
            settings.texts = [AgencyText(locale=language("vi"), name="Ủy ban mới")]
            settings.telephone = "0239 555 0199"
            settings.save()

        html = self.read()
        assert "Ủy ban mới" in html
        assert "0239 555 0199" in html

    def test_a_sidebar_changes_with_its_cards_and_widgets(self):
        widget = make_links(self.portal.shelf, title="Liên kết cũ")
        add_card(self.portal.home, widget)
        assert "Liên kết cũ" in self.read(self.article)

        with self.changing():
            widget.title = "Liên kết mới"
            publish(widget)
        assert "Liên kết mới" in self.read(self.article)

        with self.changing():
            widget.unpublish()
        assert "Liên kết mới" not in self.read(self.article)

    def test_a_card_added_to_a_section_is_shown_below_it(self):
        self.read(self.article)

        with self.changing():
            add_card(self.portal.news, make_statistics(self.portal.shelf, title="Số người xem"))
            publish(self.portal.news)

        assert "Số người xem" in self.read(self.article)

    def test_a_category_changes_its_name_everywhere(self):
        category = make_category("Giáo dục")
        self.article.category = category
        self.article.save()
        assert "Giáo dục" in self.read(self.portal.news)

        with self.changing():
            category.name = "Trường lớp"
            category.save()

        for page in (self.portal.news, self.portal.home, self.article):
            html = self.read(page)
            assert "Trường lớp" in html
            assert "Giáo dục" not in html

    def test_an_images_new_description_is_read_out(self):
        image = make_image(description="Cũ rồi")
        self.article.cover = image
        self.article.save()
        assert 'alt="Cũ rồi"' in self.read(self.article)

        with self.changing():
            image.description = "Mới tinh"
            image.save()

        assert 'alt="Mới tinh"' in self.read(self.article)

    def test_a_documents_type_that_is_new_is_offered_by_the_register(self):
        self.read(self.portal.register)

        with self.changing():
            publish(make_directive(self.portal.register, live=False))

        assert "Kế hoạch" in self.read(self.portal.register)

    def test_a_draft_makes_no_cache_old(self):
        self.read()
        before = version_now()

        with self.changing():
            make_article(self.portal.news, live=False)

        assert version_now() == before
