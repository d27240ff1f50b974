"""System checks report configuration that would fail silently."""

import pytest
from django.conf import settings
from django.test import SimpleTestCase, override_settings
from django.urls import path
from wagtail.api.v2.router import WagtailAPIRouter
from wagtail.api.v2.views import PagesAPIViewSet

from headless.api.v2 import register_v2_endpoints, router_v2
from headless.checks import (
    check_apis,
    check_caches,
    check_cors,
    check_middleware,
    check_redirects,
    check_rendition_cache,
    check_settings,
    check_webhooks,
)
from headless.defaults import (
    CORS_ALLOW_HEADERS,
    CORS_MIDDLEWARE,
    HTTP_CACHE_MIDDLEWARE,
    MIDDLEWARE_ORDER,
    PORTAL_MIDDLEWARE,
    portal_apps,
    portal_caches,
    portal_middleware,
    portal_static_files,
)
from headless.extending import V2_NAMESPACES

MEMORY = {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
TABLE = {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "rows"}

IMMEDIATE = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
QUEUED = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}


class WebhookCheckTests(SimpleTestCase):
    @override_settings(CIVIC_PORTAL_WEBHOOKS_SENT_BY="task", TASKS=IMMEDIATE)
    def test_tasks_that_keep_the_publisher_waiting_are_warned_of(self):
        assert [each.id for each in check_webhooks(None)] == ["civic_headless.W010"]

    @override_settings(CIVIC_PORTAL_WEBHOOKS_SENT_BY="task", TASKS=QUEUED)
    def test_tasks_of_a_worker_are_fine(self):
        assert check_webhooks(None) == []

    @override_settings(CIVIC_PORTAL_WEBHOOKS_SENT_BY="threads")
    def test_a_sender_that_does_not_exist_is_an_error(self):
        assert [each.id for each in check_settings(None)] == ["civic_headless.E002"]


class RedirectCheckTests(SimpleTestCase):
    @override_settings(MIDDLEWARE=["wagtail.contrib.redirects.middleware.RedirectMiddleware"])
    def test_a_middleware_that_redirects_to_drafts_is_warned_of(self):
        assert [each.id for each in check_redirects(None)] == ["civic_headless.W013"]

    def test_ours_is_fine(self):
        assert check_redirects(None) == []


class MiddlewareCheckTests(SimpleTestCase):
    def test_the_projects_own_order_is_right(self):
        assert check_middleware(None) == []

    def test_what_is_missing_is_named(self):
        for name in (HTTP_CACHE_MIDDLEWARE, PORTAL_MIDDLEWARE):
            with override_settings(MIDDLEWARE=[m for m in settings.MIDDLEWARE if m != name]):
                [found] = check_middleware(None)
            assert found.id == "civic_headless.W012"
            assert name in found.msg

    def test_what_is_misplaced_is_named(self):
        for upper, lower, _reason in MIDDLEWARE_ORDER:
            with self.subTest(upper):
                order = [m for m in (HTTP_CACHE_MIDDLEWARE, PORTAL_MIDDLEWARE) if m != lower]
                order = [m for m in order if m != upper]
                with override_settings(MIDDLEWARE=[lower, upper, *order]):
                    [found] = check_middleware(None)
                assert found.id == "civic_headless.W014"
                assert upper in found.msg


class CacheCheckTests(SimpleTestCase):
    @override_settings(CACHES={"default": TABLE})
    def test_renditions_in_the_database_are_warned_of(self):
        assert [each.id for each in check_rendition_cache(None)] == ["civic_headless.W019"]

    @override_settings(CACHES=portal_caches({"default": TABLE}))
    def test_renditions_in_memory_are_fine(self):
        assert check_rendition_cache(None) == []

    @override_settings(CACHES={"default": MEMORY, "civic_portal": TABLE})
    def test_a_shared_cache_of_our_own_is_enough(self):
        assert check_caches(None) == []

    @override_settings(CACHES={"default": TABLE, "civic_portal": MEMORY})
    def test_a_cache_of_each_process_is_warned_of(self):
        assert [each.id for each in check_caches(None)] == ["civic_headless.W004"]


class CorsCheckTests(SimpleTestCase):
    def test_ours_are_complete(self):
        assert check_cors(None) == []

    @override_settings(CORS_ALLOW_HEADERS=["accept"], CORS_EXPOSE_HEADERS=[])
    def test_headers_that_front_ends_need_are_named(self):
        allowed, exposed = check_cors(None)

        assert "if-none-match, x-portal-visitor" in allowed.msg
        assert "etag, retry-after" in exposed.msg

    @override_settings(MIDDLEWARE=[])
    def test_without_the_package_nothing_is_asked(self):
        with override_settings(CORS_ALLOW_HEADERS=[]):
            assert check_cors(None) == []


class OwnPages(PagesAPIViewSet):
    """A project's own view of pages."""


own_router = WagtailAPIRouter("wagtailapi")
own_router.register_endpoint("pages", OwnPages)
urlpatterns = [path("api/v2/", router_v2.urls), path("own/", own_router.urls)]


class EndpointCheckTests(SimpleTestCase):
    @override_settings(ROOT_URLCONF=__name__)
    def test_a_router_beside_ours_is_none_of_our_business(self):
        assert check_apis(None) == []

    def test_an_endpoint_of_the_projects_own_is_kept_and_named(self):
        router = WagtailAPIRouter("town")
        router.register_endpoint("pages", OwnPages)
        self.addCleanup(V2_NAMESPACES.remove, "town")

        register_v2_endpoints(router)

        urls = type("urls", (), {"urlpatterns": [path("api/", router.urls)]})
        with override_settings(ROOT_URLCONF=urls):
            [found] = check_apis(None)
        assert found.id == "civic_headless.W017"
        assert "“town:pages” of API v2 is answered by OwnPages" in found.msg


@pytest.mark.parametrize("kind", [list, tuple])
def test_defaults_keep_what_is_there_and_repeat_nothing(kind):
    apps = portal_apps(kind(["wagtail", "ninja"]), "town", "articles")
    middleware = portal_middleware(kind([CORS_MIDDLEWARE, MIDDLEWARE_ORDER[1][1], "own"]))
    folders = portal_static_files(kind(["static"]))

    assert apps[:5] == ["town", "articles", "headless", "wagtail_headless_preview", "wagtail"]
    assert apps.count("ninja") == 1
    assert "altcha_django" not in apps
    assert middleware.index(HTTP_CACHE_MIDDLEWARE) == 1
    assert middleware[-2:] == ["own", PORTAL_MIDDLEWARE]
    assert folders[0] == "static"
    assert portal_apps(apps, "town", "articles") == apps
    assert portal_middleware(middleware) == middleware
    assert portal_static_files(folders) == folders


def test_defaults_leave_a_shared_cache_as_it_is():
    assert "civic_portal" in portal_caches(None)
    assert portal_caches({"default": TABLE})["civic_portal"] == TABLE
    assert portal_caches({"default": TABLE, "renditions": TABLE})["renditions"] == TABLE
    assert set(CORS_ALLOW_HEADERS) == set(settings.CORS_ALLOW_HEADERS)
