"""Which page changes create which webhook events, once, without revealing private pages."""

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.test import TestCase
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.actions.unpublish_page import UnpublishPageAction
from wagtail.models import Page, PageViewRestriction

from headless.models import PageChange, WebhookDelivery
from headless.webhooks.deliveries import create_deliveries
from tests.factories import (
    log_in,
    make_article,
    make_category,
    make_endpoint,
    make_english,
    make_portal,
    make_superuser,
    publish,
    restrict,
    translate,
)

pytestmark = pytest.mark.vendor


class EventTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.portal = make_portal()
        cls.article = make_article(cls.portal.news, title="Khai giảng", slug="khai-giang")
        cls.endpoint = make_endpoint(cls.portal.site)

    def told(self, endpoint=None):
        """Return (event, page, url, previous url) of the deliveries created since the last call."""
        create_deliveries()
        found = WebhookDelivery.objects.filter(endpoint=endpoint or self.endpoint).order_by("pk")
        messages = [each.payload for each in found]
        found.delete()
        return [
            (
                each["type"],
                each["data"]["id"],
                each["data"]["url"],
                each["data"]["previous_url"],
            )
            for each in messages
        ]


class WhatIsToldTests(EventTests):
    def test_a_page_that_is_published_for_the_first_time_and_again(self):
        draft = make_article(self.portal.news, slug="moi", live=False)
        assert self.told() == []

        publish(draft)
        first = self.told()
        draft.refresh_from_db()
        publish(draft)
        second = self.told()

        expected = [("page.published", draft.pk, "http://localhost/tin-tuc/moi/", None)]
        assert first == second == expected

    def test_a_draft_of_a_live_page_is_nobodys_business(self):
        self.article.title = "Còn sửa"
        self.article.save_revision()

        assert PageChange.objects.count() == 0
        assert self.told() == []

    def test_a_scheduled_page_is_told_of_when_its_time_has_come(self):
        draft = make_article(self.portal.news, live=False)
        draft.go_live_at = timezone.now() + timezone.timedelta(hours=1)
        publish(draft)
        assert self.told() == []

        past = timezone.now() - timezone.timedelta(minutes=1)
        draft.refresh_from_db()
        revision = draft.scheduled_revision
        revision.approved_go_live_at = past
        revision.content["go_live_at"] = past.isoformat()
        revision.save()
        call_command("publish_scheduled")

        assert [(event, pk) for event, pk, *_ in self.told()] == [("page.published", draft.pk)]

    def test_a_page_that_is_created_live_by_a_program(self):
        article = make_article(self.portal.news, slug="may-tao")

        assert self.told() == [
            ("page.published", article.pk, "http://localhost/tin-tuc/may-tao/", None)
        ]

    def test_a_page_that_is_taken_back(self):
        self.article.unpublish()

        assert self.told() == [
            ("page.unpublished", self.article.pk, "http://localhost/tin-tuc/khai-giang/", None)
        ]

    def test_a_page_that_is_deleted(self):
        pk = self.article.pk
        self.article.delete()

        assert self.told() == [("page.deleted", pk, "http://localhost/tin-tuc/khai-giang/", None)]

    def test_a_draft_that_is_deleted_was_never_known(self):
        make_article(self.portal.news, live=False).delete()

        assert self.told() == []

    def test_a_section_that_is_deleted_takes_its_pages_along(self):
        pages = {self.article.pk, self.portal.news.pk}
        self.portal.news.delete()

        assert {(event, pk) for event, pk, *_ in self.told()} == {
            ("page.deleted", pk) for pk in pages
        }

    def test_a_new_slug_is_a_new_address_of_all_pages_below(self):
        news = self.portal.news
        news.slug = "thoi-su"
        publish(news)

        assert sorted(self.told()) == sorted(
            [
                ("page.moved", news.pk, "http://localhost/thoi-su/", "http://localhost/tin-tuc/"),
                (
                    "page.published",
                    news.pk,
                    "http://localhost/thoi-su/",
                    "http://localhost/tin-tuc/",
                ),
                (
                    "page.moved",
                    self.article.pk,
                    "http://localhost/thoi-su/khai-giang/",
                    "http://localhost/tin-tuc/khai-giang/",
                ),
            ]
        )

    def test_a_page_that_is_moved(self):
        news = self.portal.news
        news.move(self.portal.shelf, pos="last-child")

        assert sorted(self.told()) == sorted(
            [
                (
                    "page.moved",
                    news.pk,
                    "http://localhost/tien-ich/tin-tuc/",
                    "http://localhost/tin-tuc/",
                ),
                (
                    "page.moved",
                    self.article.pk,
                    "http://localhost/tien-ich/tin-tuc/khai-giang/",
                    "http://localhost/tin-tuc/khai-giang/",
                ),
            ]
        )

    def test_another_order_of_pages_is_no_move(self):
        self.portal.register.move(self.portal.news, pos="left")

        assert self.told() == []

    def test_what_is_rolled_back_did_not_happen(self):
        class Regret(Exception):
            pass

        with self.assertRaises(Regret), transaction.atomic():
            self.article.unpublish()
            assert PageChange.objects.count() == 1
            raise Regret

        assert PageChange.objects.count() == 0

    def test_the_message(self):
        english = make_english(self.portal)
        article = translate(self.article, slug="first-day", title="First day")
        self.told()
        publish(article)
        create_deliveries()

        delivery = WebhookDelivery.objects.get()

        assert english.news.pk == article.get_parent().pk
        timestamp = delivery.payload.pop("timestamp")
        assert timezone.datetime.fromisoformat(timestamp).tzinfo is not None
        assert delivery.payload == {
            "type": "page.published",
            "data": {
                "id": article.pk,
                "type": "civic_articles.ArticlePage",
                "locale": "en",
                "site": "localhost",
                "url": "http://localhost/en/news/first-day/",
                "previous_url": None,
            },
        }

    def test_an_alias_is_not_told_of(self):
        self.article.create_alias(parent=self.portal.news, update_slug="ban-sao")
        self.told()

        publish(self.article)

        assert [(event, pk) for event, pk, *_ in self.told()] == [
            ("page.published", self.article.pk)
        ]

    def test_nothing_is_noted_while_nobody_listens(self):
        self.endpoint.active = False
        self.endpoint.save()

        publish(self.article)
        self.article.unpublish()
        self.article.delete()

        assert PageChange.objects.count() == 0

    def test_a_snippet_is_no_page(self):
        make_category().save()

        assert PageChange.objects.count() == 0


class WhoIsToldTests(EventTests):
    def test_an_endpoint_hears_of_its_site_alone(self):
        other = make_portal("hoa-binh.example", "Xã Hòa Bình")
        theirs = make_endpoint(other.site)
        create_deliveries()
        WebhookDelivery.objects.all().delete()

        publish(self.article)

        assert self.told(theirs) == []
        publish(self.article)
        assert [event for event, *_ in self.told()] == ["page.published"]

    def test_a_page_that_moves_to_another_site_leaves_one_and_comes_to_the_other(self):
        other = make_portal("hoa-binh.example", "Xã Hòa Bình")
        theirs = make_endpoint(other.site)
        create_deliveries()
        WebhookDelivery.objects.all().delete()

        self.article.move(other.news, pos="last-child")

        pk = self.article.pk
        here = "http://localhost/tin-tuc/khai-giang/"
        there = "http://hoa-binh.example/tin-tuc/khai-giang/"
        create_deliveries()
        rows = WebhookDelivery.objects.values_list("endpoint", "event", "payload__data__url")
        assert set(rows) == {
            (self.endpoint.pk, "page.unpublished", here),
            (theirs.pk, "page.published", there),
        }
        assert set(WebhookDelivery.objects.values_list("page_id", flat=True)) == {pk}

    def test_an_endpoint_hears_of_its_language_alone(self):
        english = make_english(self.portal)
        mine = make_endpoint(self.portal.site, locale=english.news.locale)
        create_deliveries()
        WebhookDelivery.objects.all().delete()

        publish(self.article)
        publish(english.news)

        assert [pk for _, pk, *_ in self.told(mine)] == [english.news.pk]

    def test_an_endpoint_hears_of_the_events_it_asked_for(self):
        self.endpoint.events = ["page.deleted"]
        self.endpoint.save()

        publish(self.article)
        self.article.unpublish()
        publish(self.article)
        assert self.told() == []
        self.article.delete()

        assert [event for event, *_ in self.told()] == ["page.deleted"]


class SecrecyTests(EventTests):
    def test_nothing_is_told_of_a_restricted_page(self):
        restrict(self.portal.news)
        self.told()

        publish(self.article)
        self.article.unpublish()
        publish(self.article)
        secret = make_article(self.portal.news, slug="mat")
        secret.slug = "mat-hon"
        publish(secret)
        secret.delete()

        assert self.told() == []

    def test_a_page_made_private_is_taken_back_with_all_below_it_and_comes_again(self):
        pages = {self.portal.news.pk, self.article.pk}

        restriction = PageViewRestriction.objects.create(
            page=self.portal.news, restriction_type=PageViewRestriction.LOGIN
        )
        made_private = self.told()
        restriction.delete()

        assert {(event, pk) for event, pk, *_ in made_private} == {
            ("page.unpublished", pk) for pk in pages
        }
        assert {(event, pk) for event, pk, *_ in self.told()} == {
            ("page.published", pk) for pk in pages
        }

    def test_a_page_moved_to_where_only_some_may_read_it_is_taken_back(self):
        restrict(self.portal.shelf)
        self.told()

        self.portal.news.move(self.portal.shelf, pos="last-child")
        taken = self.told()
        self.portal.news.refresh_from_db()
        self.portal.news.move(self.portal.home, pos="last-child")

        assert {(event, url) for event, _, url, _ in taken} == {
            ("page.unpublished", "http://localhost/tin-tuc/"),
            ("page.unpublished", "http://localhost/tin-tuc/khai-giang/"),
        }
        assert {(event, url) for event, _, url, _ in self.told()} == {
            ("page.published", "http://localhost/tin-tuc/"),
            ("page.published", "http://localhost/tin-tuc/khai-giang/"),
        }

    def test_no_message_holds_a_title_or_a_text(self):
        self.article.title = "Tên mới"
        publish(self.article)
        create_deliveries()

        text = str(WebhookDelivery.objects.get().payload)

        assert "Tên mới" not in text
        assert self.article.summary not in text


@pytest.mark.slow
class BurstTests(EventTests):
    def fill(self, number):
        for _each in range(number):
            make_article(self.portal.news)
        self.told()

    def test_many_changes_of_a_page_are_told_once_as_they_ended(self):
        publish(self.article)
        self.article.unpublish()
        publish(self.article)
        publish(self.article)

        assert [event for event, *_ in self.told()] == ["page.published"]

    def test_what_came_and_went_was_never_there(self):
        draft = make_article(self.portal.news, live=False)
        publish(draft)
        Page.objects.get(pk=draft.pk).unpublish()

        assert self.told() == []

    def test_what_still_waits_unchanged_is_not_told_twice(self):
        publish(self.article)
        create_deliveries()
        publish(self.article)
        create_deliveries()

        assert WebhookDelivery.objects.count() == 1

        self.article.unpublish()
        create_deliveries()
        publish(self.article)
        create_deliveries()

        events = list(WebhookDelivery.objects.order_by("pk").values_list("event", flat=True))
        assert events == ["page.published", "page.unpublished", "page.published"]

    def test_a_section_taken_back_with_all_below_it_is_told_page_by_page_once(self):
        self.fill(10)
        log_in(self.client)

        self.client.post(
            f"/admin/pages/{self.portal.news.pk}/unpublish/", {"include_descendants": "on"}
        )

        told = self.told()
        assert len(told) == len(set(told)) == 12
        assert {event for event, *_ in told} == {"page.unpublished"}

    def queries_for(self, act):
        with CaptureQueriesContext(connection) as captured:
            act()
        return len(captured)

    def test_writing_the_messages_costs_the_same_for_few_and_for_many(self):
        costs = []
        for number in (5, 50):
            self.fill(number)
            PageChange.objects.bulk_create(
                PageChange(
                    page_id=page.pk,
                    page_type="civic_articles.ArticlePage",
                    language_code="vi",
                    url_path=page.url_path,
                    was_public=False,
                )
                for page in self.portal.news.get_children()
            )
            costs.append(self.queries_for(create_deliveries))

        assert costs[0] == costs[1]
        assert costs[0] <= 15

    def test_deleting_moving_and_restricting_a_section_costs_the_same_for_few_and_for_many(self):
        def noted(act):
            with CaptureQueriesContext(connection) as captured:
                act()
            return sum("headless_" in each["sql"] for each in captured.captured_queries)

        def again(page):
            return Page.objects.get(pk=page.pk).specific

        portal = self.portal
        acts = (
            lambda: again(portal.news).move(again(portal.shelf), pos="last-child"),
            lambda: restrict(again(portal.news)),
            lambda: again(portal.news).delete(),
        )
        for act in acts:
            costs = []
            for number in (2, 20):
                sid = transaction.savepoint()
                self.fill(number)
                costs.append(noted(act))
                transaction.savepoint_rollback(sid)
                portal.news.refresh_from_db()
            assert costs[0] == costs[1] <= 3

    def test_a_section_taken_back_costs_two_queries_a_page_at_most(self):
        def cost():
            self.fill(10)
            page = Page.objects.get(pk=self.portal.news.pk).specific
            action = UnpublishPageAction(page, user=user, include_descendants=True)
            count = self.queries_for(action.execute)
            publish(page)
            return count

        user = make_superuser()
        cost()
        listening = cost()
        self.endpoint.active = False
        self.endpoint.save()
        silent = cost()

        # Pages that were unpublished before are not live and cost nothing.
        assert listening - silent <= 11 + 1

    def test_publishing_costs_one_query_more_when_somebody_listens(self):
        def cost():
            self.article.refresh_from_db()
            return self.queries_for(lambda: self.article.save_revision().publish())

        cost()
        listening = cost()
        self.endpoint.active = False
        self.endpoint.save()

        assert listening - cost() == 1
