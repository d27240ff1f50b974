"""System checks report configuration that would fail silently."""

from django.test import SimpleTestCase, override_settings

from headless.checks import check_redirects, check_settings, check_webhooks

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
