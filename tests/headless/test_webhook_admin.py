"""Webhooks in the admin: endpoints, secrets shown once, deliveries and retries."""

import re

from django.contrib.auth.models import Group, Permission
from django.test import TestCase, override_settings
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ModelLogEntry

from headless.models import WebhookDelivery, WebhookEndpoint
from headless.webhooks.deliveries import create_test_delivery
from tests.factories import log_in, make_article, make_endpoint, make_portal, make_user
from tests.queries import queries_of

SECRET = re.compile(r"whsec_[A-Za-z0-9+/=]+")
ENDPOINTS = "/admin/webhooks/endpoints/"
DELIVERIES = "/admin/webhooks/deliveries/"
PRIVATE = override_settings(CIVIC_PORTAL_WEBHOOKS_TO_PRIVATE_ADDRESSES=True)


class AdminTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.portal = make_portal()
        cls.endpoint = make_endpoint(
            cls.portal.site, "https://hooks.example/build/token-9f2", name="Trang tĩnh"
        )

    def setUp(self):
        self.user = log_in(self.client)

    def form(self, **changes):
        return {
            "name": "Máy dựng trang",
            "url": "http://127.0.0.1:9/hook",
            "site": self.portal.site.pk,
            "locale": "",
            "events": ["page.published", "page.deleted"],
            "active": "on",
        } | changes


class EndpointTests(AdminTests):
    @PRIVATE
    def test_a_new_endpoint_has_a_secret_that_is_shown_once(self):
        response = self.client.post(f"{ENDPOINTS}new/", self.form())

        made = WebhookEndpoint.objects.get(name="Máy dựng trang")
        assert made.events == ["page.published", "page.deleted"]
        assert SECRET.findall(response.content.decode()) == [made.secret]
        assert "no-store" in response["Cache-Control"]
        for address in (
            ENDPOINTS,
            f"{ENDPOINTS}edit/{made.pk}/",
            f"{ENDPOINTS}history/{made.pk}/",
            f"{ENDPOINTS}secret/{made.pk}/",
            f"{ENDPOINTS}delete/{made.pk}/",
        ):
            again = self.client.get(address)
            assert again.status_code == 200, address
            assert made.secret not in again.content.decode(), address

    def test_a_renewed_secret_is_shown_once_and_logged_without_it(self):
        old = self.endpoint.secret

        asked = self.client.get(f"{ENDPOINTS}secret/{self.endpoint.pk}/")
        shown = self.client.post(f"{ENDPOINTS}secret/{self.endpoint.pk}/")

        self.endpoint.refresh_from_db()
        assert SECRET.search(asked.content.decode()) is None
        assert SECRET.findall(shown.content.decode()) == [self.endpoint.secret]
        assert self.endpoint.secret != old == self.endpoint.former_secret
        entry = ModelLogEntry.objects.get(action="civic_headless.webhook.renew_secret")
        assert entry.user == self.user
        logged = [str(each.data) for each in ModelLogEntry.objects.all()]
        assert not any(SECRET.search(text) for text in logged)
        history = self.client.get(f"{ENDPOINTS}history/{self.endpoint.pk}/")
        self.assertContains(history, "Đã đổi khóa bí mật")

    def test_the_list_names_the_server_but_not_its_address(self):
        response = self.client.get(ENDPOINTS)

        self.assertContains(response, "hooks.example")
        self.assertNotContains(response, "token-9f2")
        self.assertNotContains(response, self.endpoint.secret)

    def test_an_address_within_our_own_network_is_refused(self):
        for url, reason in (
            ("https://127.0.0.1/hook", "mạng nội bộ"),
            ("https://localhost/hook", "mạng nội bộ"),
            ("https://[::1]/hook", "mạng nội bộ"),
            ("https://169.254.169.254/latest/", "mạng nội bộ"),
            ("https://nowhere.invalid/hook", "Không có máy chủ nào mang tên này."),
            ("http://hooks.example/", "https://"),
            ("https://user:word@hooks.example/", "http:// và https://"),
        ):
            response = self.client.post(f"{ENDPOINTS}new/", self.form(url=url))
            self.assertContains(response, reason, msg_prefix=url)
        assert WebhookEndpoint.objects.count() == 1

    def test_an_endpoint_is_changed_without_touching_its_secret(self):
        before = self.endpoint.secret

        with PRIVATE:
            response = self.client.post(
                f"{ENDPOINTS}edit/{self.endpoint.pk}/", self.form(secret="whsec_AAAA")
            )

        assert response.status_code == 302
        self.endpoint.refresh_from_db()
        assert (self.endpoint.name, self.endpoint.secret) == ("Máy dựng trang", before)

    def test_a_test_message_is_written(self):
        response = self.client.post(f"{ENDPOINTS}test/{self.endpoint.pk}/", follow=True)

        delivery = WebhookDelivery.objects.get()
        assert delivery.event == "webhook.test"
        self.assertContains(response, delivery.message_id)

    def test_all_that_was_given_up_is_sent_again(self):
        for status in ("failed", "failed", "delivered"):
            create_test_delivery(endpoint=self.endpoint)
            WebhookDelivery.objects.filter(status="pending").update(status=status)

        self.client.post(f"{ENDPOINTS}repeat/{self.endpoint.pk}/")

        found = WebhookDelivery.objects.values_list("status", flat=True)
        assert sorted(found) == ["delivered", "pending", "pending"]

    def test_an_endpoint_that_is_deleted_takes_its_deliveries_along(self):
        create_test_delivery(endpoint=self.endpoint)

        self.client.post(f"{ENDPOINTS}delete/{self.endpoint.pk}/")

        assert WebhookDelivery.objects.count() == 0


class DeliveryTests(AdminTests):
    def deliver(self, **changes):
        delivery = create_test_delivery(endpoint=self.endpoint)
        WebhookDelivery.objects.filter(pk=delivery.pk).update(**changes)
        return WebhookDelivery.objects.get(pk=delivery.pk)

    def test_the_list_is_narrowed_by_status_endpoint_event_and_page(self):
        other = make_endpoint(self.portal.site, name="Kia")
        self.deliver(status="failed", error="HTTP 500", page_id=7)
        self.deliver(status="delivered", endpoint=other, event="page.moved")

        def shown(query):
            return self.client.get(f"{DELIVERIES}?{query}").context["object_list"]

        assert len(shown("")) == 2
        for query in (
            "status=failed",
            f"endpoint={self.endpoint.pk}",
            "event=webhook.test",
            "page_id=7",
        ):
            assert [each.error for each in shown(query)] == ["HTTP 500"], query

    def test_a_delivery_shows_its_message_and_the_answer_as_text(self):
        delivery = self.deliver(
            status="failed", error="HTTP 500", answer_status=500, answer="<b>no</b>",
            attempted_at=timezone.now(),
        )  # fmt: skip

        response = self.client.get(f"{DELIVERIES}inspect/{delivery.pk}/")

        self.assertContains(response, "webhook.test")
        self.assertContains(response, "&lt;b&gt;no&lt;/b&gt;")
        self.assertContains(response, delivery.message_id)
        self.assertNotContains(response, self.endpoint.secret)
        self.assertNotContains(response, "token-9f2")

    def test_one_is_sent_again_and_that_is_logged(self):
        delivery = self.deliver(status="failed", attempts=10)

        asked = self.client.get(f"{DELIVERIES}repeat/{delivery.pk}/")
        self.client.post(f"{DELIVERIES}repeat/{delivery.pk}/")

        assert asked.status_code == 200
        delivery.refresh_from_db()
        assert (delivery.status, delivery.attempts) == ("pending", 0)
        assert ModelLogEntry.objects.filter(action="civic_headless.webhook.send_again").count() == 1

    def test_nobody_writes_or_changes_deliveries_by_hand(self):
        delivery = self.deliver()

        for address in ("new/", f"edit/{delivery.pk}/", f"delete/{delivery.pk}/"):
            assert self.client.get(f"{DELIVERIES}{address}").status_code == 404

    def test_the_list_costs_the_same_for_few_and_for_many(self):
        self.deliver()
        few = queries_of(self.client, DELIVERIES)
        for _each in range(10):
            self.deliver()

        assert queries_of(self.client, DELIVERIES) == few

    def test_an_export_names_what_the_list_names(self):
        self.deliver(status="failed")

        response = self.client.get(f"{DELIVERIES}?export=csv")

        text = b"".join(response.streaming_content).decode()
        assert "webhook.test" in text
        assert self.endpoint.secret not in text
        assert "token-9f2" not in text


class PermissionTests(AdminTests):
    def visit(self, *codenames):
        group = Group.objects.create(name="Kỹ thuật")
        wanted = ["access_admin", *codenames]
        group.permissions.set(Permission.objects.filter(codename__in=wanted))
        user = make_user("lan", group)
        self.client.logout()
        log_in(self.client, user)

    def test_an_editor_sees_nothing_of_them(self):
        self.visit()
        delivery = create_test_delivery(endpoint=self.endpoint)

        for address in (
            ENDPOINTS,
            f"{ENDPOINTS}new/",
            f"{ENDPOINTS}edit/{self.endpoint.pk}/",
            f"{ENDPOINTS}secret/{self.endpoint.pk}/",
            f"{ENDPOINTS}test/{self.endpoint.pk}/",
            f"{ENDPOINTS}repeat/{self.endpoint.pk}/",
            DELIVERIES,
            f"{DELIVERIES}inspect/{delivery.pk}/",
            f"{DELIVERIES}repeat/{delivery.pk}/",
        ):
            for answer in (self.client.get(address), self.client.post(address)):
                assert answer.status_code in {302, 405}, address
                if answer.status_code == 302:
                    assert answer["Location"] == "/admin/", address
        menu = self.client.get("/admin/").content.decode()
        assert "webhooks/" not in menu
        self.endpoint.refresh_from_db()
        assert not self.endpoint.former_secret
        assert WebhookDelivery.objects.count() == 1

    def test_who_may_see_deliveries_only_sees_them(self):
        self.visit("view_webhookdelivery")
        delivery = create_test_delivery(endpoint=self.endpoint)

        assert self.client.get(DELIVERIES).status_code == 200
        page = self.client.get(f"{DELIVERIES}inspect/{delivery.pk}/")
        self.assertNotContains(page, f"{DELIVERIES}repeat/")
        assert self.client.post(f"{DELIVERIES}repeat/{delivery.pk}/").status_code == 302
        self.assertContains(self.client.get("/admin/"), "webhooks/deliveries")

    def test_a_group_can_be_given_the_rights_that_mean_something(self):
        form = self.client.get(reverse("wagtailusers_groups:add")).content.decode()

        assert "webhook" in form
        wanted = Permission.objects.filter(content_type__app_label="civic_headless")
        offered = {each.codename for each in wanted if f'value="{each.pk}"' in form}
        assert "change_webhookendpoint" in offered
        assert "view_webhookdelivery" in offered
        assert "add_webhookdelivery" not in offered


class NowhereElseTests(AdminTests):
    def test_no_api_tells_of_endpoints_or_deliveries(self):
        make_article(self.portal.news)
        create_test_delivery(endpoint=self.endpoint)
        document = self.client.get("/api/v3/openapi.json").content.decode()

        assert "webhook" not in document.lower()
        for address in ("/api/v3/snippets/", "/api/v3/schema/", "/api/v2/pages/"):
            assert "webhook" not in self.client.get(address).content.decode().lower()
