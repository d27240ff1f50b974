"""What a chooser would not offer cannot be named: in forms of the admin and over API v3."""

import pytest
from django.test import TestCase
from django.urls import reverse
from wagtail.models import Collection
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield

from articles.models import ArticlePage
from home.services import UNPUBLISHED, create_site_groups
from tests.api.test_writing import Writer
from tests.factories import (
    log_in,
    make_article,
    make_directive,
    make_document,
    make_image,
    make_links,
    make_portal,
    make_user,
    paragraph,
)
from tests.forms import article_form

pytestmark = pytest.mark.slow

SECRET = "bimat"


class ReferencesApartTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.portal = make_portal()
        cls.other = make_portal("go-say.localhost", "Phường Gò Sậy")
        editors, cls.moderators = create_site_groups(site=cls.portal.site)
        create_site_groups(site=cls.other.site)
        cls.user = make_user("duyet-bai", editors, cls.moderators)
        cls.writer = Writer(cls.user)
        theirs = Collection.objects.get(name="Phường Gò Sậy")
        hidden = theirs.get_children().get(name=UNPUBLISHED)
        cls.image = make_image(f"{SECRET} ảnh", f"{SECRET} mô tả", collection=hidden)
        cls.open_image = make_image(f"{SECRET} mở", f"{SECRET} mở", collection=theirs)
        cls.file = make_document(f"{SECRET} tệp", f"{SECRET}.pdf", collection=hidden)
        cls.draft = make_article(
            cls.other.news, title=f"{SECRET} nháp", slug=f"{SECRET}-nhap", live=False
        )
        cls.directive = make_directive(
            cls.other.register, subject=SECRET, slug=f"{SECRET}-vb", live=False
        )
        cls.article = make_article(cls.portal.news, slug="bai")
        cls.own_image = make_image(collection=Collection.objects.get(name="Phường Bến Ngà"))

    def markup(self):
        """Each way in which formatted text refers to something."""
        return [
            f'<p><a linktype="document" id="{self.file.pk}">tệp</a></p>',
            f'<p><a linktype="page" id="{self.draft.pk}">trang</a></p>',
        ]

    def blocks(self):
        """Blocks of an article that refer to what the editor may not choose."""
        return [
            {"type": "image", "value": {"image": self.image.pk, "caption": "Cầu"}},
            {"type": "image", "value": {"image": self.open_image.pk, "caption": "Cầu"}},
            {"type": "gallery", "value": [{"image": self.image.pk}, {"image": self.own_image.pk}]},
            {"type": "download", "value": {"document": self.file.pk}},
            {"type": "directive", "value": {"directive": self.directive.pk, "note": "Xem"}},
            *({"type": "paragraph", "value": html} for html in self.markup()),
            {"type": "callout", "value": {"kind": "warning", "text": self.markup()[1]}},
        ]

    def assert_refused(self, response):
        assert response.status_code == 422, response.content.decode()
        self.assert_untold(response)

    def assert_untold(self, response):
        assert SECRET not in response.content.decode()

    def test_over_the_api(self):
        page = self.article
        changes = [
            {"cover_id": self.image.pk},
            {"cover_id": self.open_image.pk},
            {"related_articles": [{"article_id": self.draft.pk}]},
            {"related_directives": [{"directive_id": self.directive.pk}]},
            *({"body": [block]} for block in self.blocks()),
        ]
        for change in changes:
            with self.subTest(change=change):
                self.assert_refused(self.writer.change(page, **change))
                meta = {"type": "civic_articles.ArticlePage", "parent_id": self.portal.news.pk}
                data = {"meta": meta, "title": "Mới", "summary": "Tóm tắt", "body": []}
                self.assert_refused(self.writer.create(data | change))
        page.refresh_from_db()
        assert page.latest_revision is None
        assert ArticlePage.objects.descendant_of(self.portal.home).count() == 1

    def test_over_the_api_in_other_pages(self):
        directive = make_directive(self.portal.register)
        links = make_links(self.portal.shelf)
        group = {"title": "Cổng", "url": "https://a.example/", "logo": self.image.pk}
        to_page = {"title": "Trang", "page": self.draft.pk}
        for page, change in [
            (directive, {"attachments": [{"document_id": self.file.pk}]}),
            (directive, {"relations": [{"kind": "amends", "target_id": self.directive.pk}]}),
            (directive, {"body": self.markup()[0]}),
            (self.portal.home, {"lead_id": self.draft.pk}),
            (self.portal.home, {"featured_articles": [{"article_id": self.draft.pk}]}),
            *(
                (links, {"groups": [{"type": "group", "value": {"heading": "A", "links": [each]}}]})
                for each in (group, to_page)
            ),
        ]:
            with self.subTest(page=page, change=change):
                self.assert_refused(self.writer.change(page, **change))

    def test_what_is_stored_stays_valid(self):
        body = [("image", {"image": self.image, "caption": "Cầu"}), paragraph(self.markup()[0])]
        page = make_article(self.portal.news, cover=self.image, body=body)
        make_page_row = {"article_id": self.draft.pk}
        log_in(self.client)  # The province gives what the ward's own editors may not choose.
        province = Writer(self.client.get("/admin/").wsgi_request.user)
        assert province.change(page, related_articles=[make_page_row]).status_code == 200

        for change in (
            {"summary": "Sửa lại."},
            {"cover_id": self.image.pk, "related_articles": [make_page_row]},
            {"body": [*self.blocks()[:1], {"type": "paragraph", "value": self.markup()[0]}]},
            {"body": [{"type": "gallery", "value": [{"image": self.image.pk}]}]},
        ):
            with self.subTest(change=change):
                response = self.writer.change(page, **change)
                assert response.status_code == 200, response.content.decode()
        self.assert_refused(self.writer.change(page, cover_id=self.open_image.pk))

    def test_what_the_editor_may_choose_is_taken(self):
        public = make_article(self.other.news)
        shared = make_image()
        response = self.writer.change(
            self.article,
            cover_id=self.own_image.pk,
            related_articles=[{"article_id": public.pk}],
            body=[{"type": "image", "value": {"image": shared.pk, "caption": "Cầu"}}],
        )
        assert response.status_code == 200, response.content.decode()

    def edit(self, page, **changes):
        data = article_form(title=page.title, slug=page.slug) | changes
        address = reverse("wagtailadmin_pages:edit", args=[page.pk])
        response = self.client.post(address, nested_form_data(data))
        page.refresh_from_db()
        return response

    def test_in_a_form_that_is_posted_by_hand(self):
        log_in(self.client, self.user)
        row = inline_formset([{"article": self.draft.pk}])
        changes = [
            {"cover": self.image.pk},
            {"cover": self.open_image.pk},
            {"related_articles": row},
            {"body": streamfield([("image", {"image": self.image.pk, "caption": "Cầu"})])},
            {"body": streamfield([("download", {"document": self.file.pk, "description": ""})])},
            {"body": streamfield([("directive", {"directive": self.directive.pk, "note": ""})])},
            *({"body": streamfield([("paragraph", rich_text(html))])} for html in self.markup()),
        ]
        for change in changes:
            with self.subTest(change=change):
                response = self.edit(self.article, **change)
                assert response.status_code == 200
                assert self.article.latest_revision is None
                # The form comes back with an error, and tells nothing of what was named in it.
                form = response.context["form"]
                assert not form.is_valid()
                if change.get("cover") != self.open_image.pk:
                    self.assert_untold(response)

    def test_a_form_whose_stored_pictures_are_of_others_is_saved(self):
        page = make_article(self.portal.news, cover=self.image, slug="cu")
        log_in(self.client, self.user)

        shown = self.client.get(reverse("wagtailadmin_pages:edit", args=[page.pk]))
        saved = self.edit(page, cover=self.image.pk, summary="Sửa lại.")

        self.assert_untold(shown)
        assert saved.status_code == 302
        assert page.get_latest_revision_as_object().cover == self.image

    def test_in_cards_of_a_sidebar(self):
        secret = make_links(self.other.shelf, title=f"{SECRET} liên kết", live=False)
        log_in(self.client, self.user)
        news = self.portal.news
        data = {
            "title": news.title,
            "slug": news.slug,
            "introduction": "",
            "sidebar_modes": inline_formset([]),
            "sidebar_cards": inline_formset([{"widget": secret.pk, "title": ""}]),
        }

        response = self.client.post(
            reverse("wagtailadmin_pages:edit", args=[news.pk]), nested_form_data(data)
        )

        assert "widget" in response.context["form"].formsets["sidebar_cards"].errors[0]
        self.assert_untold(response)

    def test_in_settings(self):
        log_in(self.client, self.user)
        address = reverse(
            "wagtailsettings:edit", args=["home", "agencysettings", self.portal.site.pk]
        )
        data = {
            "mark": self.image.pk,
            "colour": "",
            "texts": inline_formset([]),
            "social_links": inline_formset([]),
        }

        response = self.client.post(address, nested_form_data(data))

        assert response.status_code == 200
        assert "mark" in response.context["form"].errors
        self.assert_untold(response)

    def test_a_preview_shows_nothing_that_is_named_by_hand(self):
        log_in(self.client, self.user)
        address = reverse("wagtailadmin_pages:preview_on_edit", args=[self.article.pk])
        data = article_form(title="Bài", slug="bai", cover=self.image.pk)

        answer = self.client.post(address, nested_form_data(data)).json()

        assert not answer["is_valid"]
        self.assert_untold(self.client.get(address))
