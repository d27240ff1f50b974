"""Changed pages and files are purged from caches in front; errors there never stop an editor."""

from unittest import mock

import pytest
from django.core.checks import run_checks
from django.db import transaction
from django.test import TestCase, TransactionTestCase, override_settings
from wagtail.contrib.frontend_cache.backends import BaseBackend
from wagtail.models import Page, PageViewRestriction

from tests.factories import (
    committed,
    make_article,
    make_document,
    make_image,
    make_portal,
    publish,
    restrict,
)

pytestmark = pytest.mark.vendor

HERE = "tests.headless.test_purging"
PURGED: list[list[str]] = []


class RememberingBackend(BaseBackend):
    """A front-end cache backend that records the purged URLs."""

    def purge_batch(self, urls):
        PURGED.append(sorted(urls))


class FailingBackend(BaseBackend):
    """A front-end cache backend that is down."""

    def purge_batch(self, urls):
        raise ConnectionRefusedError("no cache here")


def caches_in_front(backend="RememberingBackend", **options):
    config = {"default": {"BACKEND": f"{HERE}.{backend}", **options}}
    return override_settings(WAGTAILFRONTENDCACHE=config, WAGTAILFRONTENDCACHE_LANGUAGES=[])


class PurgingTestCase(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.portal = make_portal()
        cls.article = make_article(cls.portal.news, slug="bai")

    def purged(self, change):
        """Return the URLs purged after `change()` is committed, as paths on localhost."""
        PURGED.clear()
        with committed():
            change()
        return {url.removeprefix("http://localhost") for batch in PURGED for url in batch}

    def in_apis(self, page):
        return {f"/api/v2/pages/{page.pk}/", f"/api/v3/pages/{page.pk}/"}


@caches_in_front()
class PurgingTests(PurgingTestCase):
    def test_a_page_that_is_published_or_taken_back(self):
        for change in (lambda: publish(self.article), self.article.unpublish):
            purged = self.purged(change)

            assert purged >= {"/tin-tuc/bai/", "/tin-tuc/", "/", *self.in_apis(self.article)}
            assert f":8000/api/v3/pages/{self.article.pk}/" in purged

    def test_a_draft_purges_nothing(self):
        assert self.purged(self.article.save_revision) == set()

    def test_a_section_that_moves_takes_all_below_it_along(self):
        section = self.portal.home.add_child(
            instance=type(self.portal.news)(title="Mục", slug="muc", locale=self.portal.home.locale)
        )
        below = make_article(section, slug="duoi")

        purged = self.purged(lambda: section.move(self.portal.register, pos="last-child"))

        assert purged >= {"/muc/", "/muc/duoi/", "/van-ban/muc/", "/van-ban/muc/duoi/"}
        assert purged >= self.in_apis(section) | self.in_apis(below)

    def test_a_section_with_a_new_slug_takes_all_below_it_along(self):
        self.portal.news.slug = "thoi-su"

        purged = self.purged(lambda: publish(self.portal.news))

        assert purged >= {"/tin-tuc/", "/tin-tuc/bai/", "/thoi-su/", "/thoi-su/bai/"}
        assert purged >= self.in_apis(self.article)

    def test_a_section_that_is_deleted_goes_with_all_below_it(self):
        news = Page.objects.get(pk=self.portal.news.pk)

        purged = self.purged(news.delete)

        assert purged >= {"/tin-tuc/", "/tin-tuc/bai/", "/"}
        assert purged >= self.in_apis(self.article) | self.in_apis(news)

    def test_who_may_read_a_section_concerns_all_below_it(self):
        for change in (
            lambda: restrict(self.portal.news),
            lambda: PageViewRestriction.objects.get().delete(),
        ):
            assert self.purged(change) >= {"/tin-tuc/bai/", *self.in_apis(self.article)}

    def test_images_and_documents_in_the_apis(self):
        with committed():
            image, document = make_image(), make_document()

        assert self.purged(image.save) >= {
            f"/api/v2/images/{image.pk}/",
            f"/api/v3/images/{image.pk}/",
        }
        assert self.purged(document.save) >= {
            f"/api/v2/documents/{document.pk}/",
            f"/api/v3/documents/{document.pk}/",
        }

    def test_all_of_a_transaction_goes_in_one_batch(self):
        others = [make_article(self.portal.news) for _ in range(3)]

        def publish_all():
            for page in others:
                page.save_revision().publish()

        self.purged(publish_all)

        # The URLs on one host are purged in one batch.
        hosts = [batch[0].split("/")[2] for batch in PURGED]
        assert len(hosts) == len(set(hosts)) == 2

    def test_what_is_taken_back_purges_nothing(self):
        def fail():
            try:
                with transaction.atomic():
                    self.article.save_revision().publish()
                    raise LookupError
            except LookupError:
                pass

        assert self.purged(fail) == set()

    def test_a_site_is_purged_on_its_own_host_alone(self):
        other = make_portal("khac.example", name="Nơi khác")
        article = make_article(other.news, slug="bai-khac")

        purged = self.purged(lambda: publish(article))

        assert "http://khac.example/tin-tuc/bai-khac/" in purged
        assert f"http://khac.example/api/v2/pages/{article.pk}/" in purged
        assert f"/api/v2/pages/{article.pk}/" not in purged


class MisconfigurationTests(PurgingTestCase):
    """Errors in purging do not stop publishing."""

    def assert_publishes(self):
        make_image().save()
        for change in (
            lambda: publish(self.article),
            lambda: self.article.move(self.portal.news, pos="first-child"),
            self.article.unpublish,
            self.article.delete,
        ):
            self.article.refresh_from_db()
            with committed():
                change()
        assert not Page.objects.filter(pk=self.article.pk).exists()

    def warnings(self):
        return {each.id for each in run_checks() if each.id.startswith("civic_headless.W")}

    def test_no_cache_in_front(self):
        assert self.warnings() == set()
        self.assert_publishes()

    @caches_in_front("FailingBackend")
    def test_a_cache_that_is_down(self):
        with self.assertLogs("django_tasks", "ERROR"):
            self.assert_publishes()

    @caches_in_front("NoSuchBackend")
    def test_a_backend_that_is_not_there(self):
        assert self.warnings() == {"civic_headless.W002"}
        with self.assertLogs("django_tasks", "ERROR"):
            self.assert_publishes()

    @override_settings(
        WAGTAILFRONTENDCACHE={
            "default": {"BACKEND": "wagtail.contrib.frontend_cache.backends.HTTPBackend"}
        }
    )
    def test_a_backend_without_its_address(self):
        assert self.warnings() == {"civic_headless.W002"}
        with self.assertLogs("django_tasks", "ERROR"):
            self.assert_publishes()

    @caches_in_front()
    def test_a_queue_that_takes_no_task(self):
        with (
            mock.patch(
                "headless.cache.frontend_cache.purge_urls_from_cache", side_effect=ConnectionError
            ),
            self.assertLogs("headless.cache.frontend_cache", "ERROR"),
        ):
            self.assert_publishes()

    @override_settings(ROOT_URLCONF="tests.headless.renamed_api_urls")
    @caches_in_front()
    def test_apis_under_other_names(self):
        assert "civic_headless.W003" in self.warnings()
        with committed():
            publish(self.article)
        assert self.article.live

    @override_settings(WAGTAILADMIN_BASE_URL=None)
    @caches_in_front()
    def test_no_base_address(self):
        self.assert_publishes()

    @caches_in_front()
    def test_a_page_that_cannot_say_where_it_is(self):
        with (
            mock.patch("wagtail.models.Page.get_cached_paths", side_effect=RuntimeError("no idea")),
            self.assertLogs("headless.cache.frontend_cache", "ERROR"),
            committed(),
        ):
            self.article.save_revision().publish()


@override_settings(WAGTAILAPI_USE_FRONTENDCACHE=True)
class WagtailsOwnPurgingTests(TransactionTestCase):
    """Wagtail's own handlers, which fail under another API namespace, are disconnected."""

    serialized_rollback = True

    def test_it_is_taken_off_and_said_so(self):
        from django.db import connection
        from wagtail.api.v2.signal_handlers import register_signal_handlers

        article = make_article(make_portal().news)
        register_signal_handlers()
        connection.close()
        connection.ensure_connection()

        publish(article)

        assert "civic_headless.W001" in {each.id for each in run_checks()}
