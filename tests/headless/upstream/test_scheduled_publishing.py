"""Two `publish_scheduled` at once act once."""

import threading
import time
from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import connections
from django.utils import timezone
from wagtail.management.commands.publish_scheduled import Command as StockCommand
from wagtail.models import Page, PageLogEntry
from wagtail.signals import published, unpublished

from tests.factories import make_article, make_portal, publish

pytestmark = [pytest.mark.django_db(transaction=True, serialized_rollback=True), pytest.mark.slow]


@pytest.fixture
def scheduled():
    """Two drafts whose time has come, and a page that has expired."""
    news = make_portal().news
    past = timezone.now() - timedelta(minutes=1)
    drafts = [make_article(news, title=f"Tin {number}", live=False) for number in range(2)]
    for draft in drafts:
        draft.go_live_at = timezone.now() + timedelta(hours=1)
        publish(draft)
        draft.refresh_from_db()
        revision = draft.scheduled_revision
        revision.approved_go_live_at = past
        revision.content["go_live_at"] = past.isoformat()
        revision.save()
    expired = make_article(news, title="Đã qua")
    Page.objects.filter(pk=expired.pk).update(expire_at=past)
    PageLogEntry.objects.all().delete()
    return [*drafts, expired]


@contextmanager
def slow_signals():
    """Note what is signalled; each receiver takes so long that the other process lists meanwhile."""
    told = []

    def receive(instance, **kwargs):
        told.append(instance.title)
        time.sleep(0.5)

    published.connect(receive)
    unpublished.connect(receive)
    try:
        yield told
    finally:
        published.disconnect(receive)
        unpublished.disconnect(receive)


def run_twice(command):
    """Run a command in two threads, each with a connection of its own."""
    failures, barrier = [], threading.Barrier(2)

    def run():
        try:
            barrier.wait()
            call_command(command)
        except Exception as error:  # noqa: BLE001
            failures.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []


def test_two_at_once_publish_and_unpublish_once(scheduled):
    with slow_signals() as told:
        run_twice("publish_scheduled")

    assert sorted(told) == sorted(page.title for page in scheduled)
    live = Page.objects.filter(pk__in=[page.pk for page in scheduled], live=True)
    assert {page.title for page in live} == {"Tin 0", "Tin 1"}
    for page in scheduled:
        actions = PageLogEntry.objects.filter(page=page.pk).values_list("action", flat=True)
        expected = "unpublish" if page.title == "Đã qua" else "publish"
        assert list(actions) == [f"wagtail.{expected}.scheduled"]


@pytest.mark.xfail(strict=True, reason="Wagtail's command publishes what another one published.")
def test_wagtails_own_command_publishes_once(scheduled):
    with slow_signals() as told:
        run_twice(StockCommand())

    assert sorted(told) == sorted(page.title for page in scheduled)


def test_a_dry_run_changes_nothing(scheduled, capsys):
    call_command("publish_scheduled", dryrun=True)

    assert "Tin 0" in capsys.readouterr().out
    assert not PageLogEntry.objects.exists()
