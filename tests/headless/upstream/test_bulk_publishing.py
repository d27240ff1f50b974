"""Publishing several pages at once says which of them are not ready."""

import pytest
from django.core.exceptions import ValidationError
from django.test import TestCase
from wagtail.admin.views.pages.bulk_actions import PublishBulkAction

from tests.factories import committed, log_in, make_article, make_portal


class BulkPublishingTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.portal = make_portal()
        cls.ready = make_article(cls.portal.news, live=False)
        cls.unready = make_article(cls.portal.news, live=False, summary="", title="Chưa xong")

    def publish(self, *pages, **data):
        log_in(self.client)
        ids = "&".join(f"id={page.pk}" for page in pages)
        with committed():
            response = self.client.post(
                f"/admin/bulk/wagtailcore/page/publish/?{ids}&next=/admin/", data, follow=True
            )
        self.ready.refresh_from_db()
        self.unready.refresh_from_db()
        return " ".join(str(message) for message in response.context["messages"])

    def test_ready_drafts_are_published(self):
        self.publish(self.ready)

        assert self.ready.live

    def test_an_unready_draft_is_named_and_nothing_is_published(self):
        told = self.publish(self.ready, self.unready)

        assert "Chưa xong" in told
        assert not self.ready.live
        assert not self.unready.live

    def test_unready_drafts_below_a_page_are_named(self):
        told = self.publish(self.portal.news, include_descendants="on")

        assert "Chưa xong" in told
        assert not self.ready.live

    @pytest.mark.xfail(strict=True, raises=ValidationError, reason="wagtail/wagtail#14253")
    def test_stock_wagtail_refuses_unready_drafts(self):
        PublishBulkAction.execute_action([self.unready])
