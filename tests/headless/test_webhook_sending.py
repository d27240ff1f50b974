"""
Webhook deliveries are signed, retried, sent by one process at a time, and only to public addresses.
"""

import datetime
import json
import socket
import subprocess
import sys
import threading
from io import StringIO

import pytest
import urllib3
from django.conf import settings
from django.core.management import call_command
from django.db import connections
from django.utils import timezone
from django_tasks import task_backends
from standardwebhooks.webhooks import Webhook, WebhookVerificationError

from headless.models import WebhookDelivery, WebhookEndpoint
from headless.webhooks import dispatch, tasks, worker
from headless.webhooks.deliveries import create_test_delivery
from headless.webhooks.dispatch import send_webhooks
from headless.webhooks.safe_http import PrivateAddressError, send_request
from headless.webhooks.signing import renew_secret
from tests.factories import make_article, make_endpoint, make_portal, publish
from tests.headless.receivers import Receiver

pytestmark = pytest.mark.slow

RETRIES = [5, 300, 1800, 7200, 18000, 36000, 50400, 72000, 86400]


@pytest.fixture
def receiver():
    with Receiver() as receiver:
        yield receiver


@pytest.fixture
def private(settings):
    """Allow a receiver on a loopback address."""
    settings.CIVIC_PORTAL_WEBHOOKS_TO_PRIVATE_ADDRESSES = True
    return settings


@pytest.fixture
def portal(db):
    return make_portal()


@pytest.fixture
def endpoint(portal, receiver, private):
    return make_endpoint(portal.site, receiver.url)


def make_due(**changes):
    """Make every pending delivery due."""
    now = timezone.now()
    WebhookDelivery.objects.filter(status="pending").update(next_attempt_at=now, **changes)


def test_a_message_is_signed_and_comes_as_json(portal, endpoint, receiver):
    article = make_article(portal.news, slug="bai")

    counted = send_webhooks()

    [(path, headers, body)] = receiver.received
    assert path == "/hook"
    assert headers["Content-Type"] == "application/json"
    message = Webhook(endpoint.secret).verify(body, headers)
    assert message["type"] == "page.published"
    assert message["data"]["id"] == article.pk
    assert counted == {"delivered": 1}
    delivery = WebhookDelivery.objects.get()
    assert headers["webhook-id"] == delivery.message_id
    assert (delivery.status, delivery.attempts, delivery.answer_status) == ("delivered", 1, 204)


def test_a_changed_message_or_another_secret_does_not_verify(portal, endpoint, receiver):
    make_article(portal.news)
    send_webhooks()
    [(_, headers, body)] = receiver.received

    with pytest.raises(WebhookVerificationError):
        Webhook(endpoint.secret).verify(body.replace(b"published", b"deleted"), headers)
    with pytest.raises(WebhookVerificationError):
        Webhook(make_endpoint(portal.site).secret).verify(body, headers)


def test_for_a_day_after_its_renewal_the_former_secret_verifies_too(portal, endpoint, receiver):
    former = endpoint.secret
    new = renew_secret(endpoint=endpoint)
    create_test_delivery(endpoint=endpoint)
    send_webhooks()
    WebhookEndpoint.objects.update(former_until=timezone.now() - datetime.timedelta(seconds=1))
    create_test_delivery(endpoint=endpoint)
    send_webhooks()

    (_, during, first), (_, after, second) = receiver.received
    assert new != former
    for secret in (former, new):
        assert Webhook(secret).verify(first, during)["type"] == "webhook.test"
    assert Webhook(new).verify(second, after)
    with pytest.raises(WebhookVerificationError):
        Webhook(former).verify(second, after)


def test_a_failed_delivery_comes_again_later_each_time_with_the_same_id(endpoint, receiver, caplog):
    receiver.answer(*[500] * 10)
    create_test_delivery(endpoint=endpoint)
    waits = []

    for _attempt in RETRIES:
        assert send_webhooks() == {"pending": 1}
        assert send_webhooks() == {}
        delivery = WebhookDelivery.objects.get()
        waits.append((delivery.next_attempt_at - delivery.attempted_at).total_seconds())
        make_due()
    assert send_webhooks() == {"failed": 1}

    assert waits == RETRIES
    delivery = WebhookDelivery.objects.get()
    assert (delivery.attempts, delivery.answer_status, delivery.error) == (10, 500, "HTTP 500")
    assert {headers["webhook-id"] for _, headers, _ in receiver.received} == {delivery.message_id}
    assert len({body for *_, body in receiver.received}) == 1
    make_due()
    assert send_webhooks() == {}
    assert delivery.message_id in caplog.text
    for secret in (endpoint.secret, endpoint.url):
        assert secret not in caplog.text


def test_what_failed_and_then_works_is_delivered(endpoint, receiver):
    receiver.answer(503, 200, body=b"Building \xc3\xa0\x00" + b"x" * 5000)
    create_test_delivery(endpoint=endpoint)

    send_webhooks()
    make_due()
    send_webhooks()

    delivery = WebhookDelivery.objects.get()
    assert (delivery.status, delivery.attempts, delivery.error) == ("delivered", 2, "")
    assert delivery.answer.startswith("Building à")
    assert len(delivery.answer) <= 500


def test_a_redirect_is_not_followed(endpoint, receiver):
    receiver.answer(307)
    create_test_delivery(endpoint=endpoint)

    send_webhooks()

    assert [path for path, *_ in receiver.received] == ["/hook"]
    delivery = WebhookDelivery.objects.get()
    assert (delivery.status, delivery.answer_status) == ("pending", 307)
    assert "redirect" in delivery.error or "chuyển hướng" in delivery.error


def test_a_receiver_that_is_gone_is_switched_off(endpoint, receiver):
    receiver.answer(410)
    create_test_delivery(endpoint=endpoint)
    create_test_delivery(endpoint=endpoint)

    assert send_webhooks() == {"failed": 1}

    endpoint.refresh_from_db()
    assert not endpoint.active
    assert len(receiver.received) == 1


def test_an_endpoint_that_fails_does_not_hold_up_the_others(portal, endpoint, receiver):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        dead = make_endpoint(portal.site, f"http://127.0.0.1:{free.getsockname()[1]}/")
    for _each in range(3):
        create_test_delivery(endpoint=dead)
        create_test_delivery(endpoint=endpoint)

    counted = send_webhooks()

    assert counted == {"delivered": 3, "pending": 1}
    attempts = dead.deliveries.order_by("pk").values_list("attempts", flat=True)
    assert sorted(attempts) == [0, 0, 1]
    assert send_webhooks() == {}


def test_one_message_that_always_fails_does_not_hold_up_those_after_it(endpoint, receiver):
    poison = create_test_delivery(endpoint=endpoint)
    WebhookDelivery.objects.update(attempts=5)
    create_test_delivery(endpoint=endpoint)
    receiver.answer(500)

    send_webhooks()

    poison.refresh_from_db()
    [other] = WebhookDelivery.objects.exclude(pk=poison.pk)
    assert (poison.next_attempt_at - poison.attempted_at).total_seconds() == RETRIES[5]
    assert (other.next_attempt_at - poison.attempted_at).total_seconds() == 60
    WebhookDelivery.objects.filter(pk=other.pk).update(next_attempt_at=timezone.now())
    assert send_webhooks() == {"delivered": 1}


@pytest.mark.parametrize("how", ["silent", "drip"])
def test_who_does_not_answer_in_time_is_not_waited_for(endpoint, receiver, private, how):
    private.CIVIC_PORTAL_WEBHOOK_SECONDS = 1
    if how == "silent":
        receiver.answer(200, delay=2)
    else:
        receiver.answer("drip")
    create_test_delivery(endpoint=endpoint)
    started = timezone.now()

    send_webhooks()

    assert (timezone.now() - started).total_seconds() < 1.9
    delivery = WebhookDelivery.objects.get()
    assert (delivery.status, delivery.answer_status) == ("pending", None)
    assert delivery.error == "Không phản hồi trong thời gian chờ."


def test_a_handshake_that_does_not_end_is_not_waited_for():
    with socket.create_server(("127.0.0.1", 0)) as server:
        stopped = threading.Event()

        def drip():
            connection, _address = server.accept()
            # The head of a record of TLS, whose 16 kB come a byte at a time.
            connection.sendall(b"\x16\x03\x03\x40\x00\x02\x00\x3f\xfc")
            while not stopped.wait(0.1):
                try:
                    connection.sendall(b"x")
                except OSError:
                    break
            connection.close()

        thread = threading.Thread(target=drip)
        thread.start()
        started = timezone.now()

        with pytest.raises((TimeoutError, urllib3.exceptions.TimeoutError)):
            send_request(
                "POST",
                f"https://127.0.0.1:{server.getsockname()[1]}/",
                headers={},
                is_public=lambda address: True,
                seconds=1,
            )
        seconds = (timezone.now() - started).total_seconds()
        stopped.set()
        thread.join()

    assert seconds < 1.9


def test_a_process_that_died_leaves_its_message_to_the_next(endpoint, receiver):
    create_test_delivery(endpoint=endpoint)
    dead = dispatch.claim_delivery(except_for=set())
    assert dead is not None
    assert send_webhooks() == {}

    WebhookDelivery.objects.update(claimed_until=timezone.now() - datetime.timedelta(seconds=1))
    assert send_webhooks() == {"delivered": 1}

    assert WebhookDelivery.objects.get().attempts == 2


def test_who_comes_late_does_not_overwrite_what_another_found(endpoint, receiver):
    create_test_delivery(endpoint=endpoint)
    late = dispatch.claim_delivery(except_for=set())
    WebhookDelivery.objects.update(claimed_until=timezone.now() - datetime.timedelta(seconds=1))
    send_webhooks()
    receiver.answer(500)

    dispatch.attempt_delivery(late)

    assert WebhookDelivery.objects.get().status == "delivered"


@pytest.mark.parametrize(
    "host",
    ["127.0.0.1", "localhost", "[::1]", "[::ffff:127.0.0.1]", "2130706433", "0x7f000001", "127.1",
     "0.0.0.0", "10.0.0.1", "192.168.1.1", "169.254.169.254", "[fd00::1]", "[64:ff9b::7f00:1]"],  # noqa: S104
)  # fmt: skip
def test_our_own_network_is_not_told_anything(portal, receiver, host):
    url = receiver.url.replace("127.0.0.1", host)
    create_test_delivery(endpoint=make_endpoint(portal.site, url))

    send_webhooks()

    delivery = WebhookDelivery.objects.get()
    assert receiver.received == []
    assert delivery.answer_status is None
    assert delivery.error == "Dẫn đến địa chỉ mạng nội bộ hoặc dành riêng."


def test_a_name_that_leads_into_our_own_network_is_refused(portal, receiver, monkeypatch):
    port = receiver.server.server_port

    def resolve(host, port, **kwargs):
        assert host == "hooks.example"
        return [
            (socket.AF_INET, socket.SOCK_STREAM, 6, "", ("203.0.113.9", port)),
            (socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", port)),
        ]

    monkeypatch.setattr(socket, "getaddrinfo", resolve)

    with pytest.raises(PrivateAddressError):
        send_request("POST", f"http://hooks.example:{port}/", headers={}, body=b"{}")
    assert receiver.received == []


def test_a_name_that_changes_its_address_is_asked_at_the_one_that_was_judged(receiver, monkeypatch):
    answers = []
    resolve = socket.getaddrinfo

    def first_public(host, port, *args, **kwargs):
        if host == "rebind.example":
            answers.append(host)
            return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", port))]
        return resolve(host, port, *args, **kwargs)

    monkeypatch.setattr(socket, "getaddrinfo", first_public)
    url = receiver.url.replace("127.0.0.1", "rebind.example")

    answer = send_request("POST", url, headers={}, body=b"{}", is_public=lambda address: True)

    assert answer.status == 204
    assert answers == ["rebind.example"]
    [(_, headers, _)] = receiver.received
    assert headers["Host"] == url.split("/")[2]


def test_what_failed_can_be_sent_again_by_hand(endpoint, receiver):
    create_test_delivery(endpoint=endpoint)
    WebhookDelivery.objects.update(status="failed", attempts=10, error="HTTP 500")
    before = WebhookDelivery.objects.get().message_id

    assert dispatch.requeue_deliveries(deliveries=WebhookDelivery.objects.all()) == 1
    assert send_webhooks() == {"delivered": 1}

    [(_, headers, _)] = receiver.received
    assert headers["webhook-id"] == before
    assert WebhookDelivery.objects.get().attempts == 1


def test_the_command_sends_and_tidies_up(endpoint, receiver, portal, settings):
    receiver.answer(204, 500)
    old = create_test_delivery(endpoint=endpoint)
    WebhookDelivery.objects.filter(pk=old.pk).update(
        created_at=timezone.now() - datetime.timedelta(days=31), status="delivered"
    )
    create_test_delivery(endpoint=endpoint)
    publish(make_article(portal.news, live=False))
    out = StringIO()

    call_command("send_webhooks", stdout=out)
    quiet = StringIO()
    call_command("send_webhooks", stdout=quiet)

    assert out.getvalue().strip() == (
        "1 delivered, 1 to be tried again, 0 given up, 1 old ones removed"
    )
    assert quiet.getvalue() == ""
    assert not WebhookDelivery.objects.filter(pk=old.pk).exists()


def test_nothing_is_sent_to_an_endpoint_that_is_not_active(endpoint, receiver):
    create_test_delivery(endpoint=endpoint)
    endpoint.active = False
    endpoint.save()

    assert send_webhooks() == {}
    assert receiver.received == []


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_workers_at_once_send_each_message_once(receiver, private):
    portal = make_portal()
    endpoint = make_endpoint(portal.site, receiver.url)
    for _each in range(5):
        make_article(portal.news)
    for _each in range(20):
        create_test_delivery(endpoint=endpoint)
    receiver.answer(delay=0.02)
    counts, errors = [], []

    def work():
        try:
            counts.append(send_webhooks())
        except Exception as error:  # noqa: BLE001
            errors.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=work) for _each in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert errors == []
    ids = [headers["webhook-id"] for _, headers, _ in receiver.received]
    assert len(ids) == len(set(ids)) == 25
    assert sum(count["delivered"] for count in counts) == 25
    types = [json.loads(body)["type"] for *_, body in receiver.received]
    assert types.count("page.published") == 5
    assert set(WebhookDelivery.objects.values_list("attempts", flat=True)) == {1}


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_publishing_does_not_wait_for_a_receiver_and_is_told_by_a_thread(receiver, private):
    private.CIVIC_PORTAL_WEBHOOKS_SENT_BY = "thread"
    portal = make_portal()
    article = make_article(portal.news, live=False)
    make_endpoint(portal.site, receiver.url)
    receiver.answer(delay=1.5)
    started = timezone.now()

    for _turn in range(3):
        article.save_revision().publish()
    waited = (timezone.now() - started).total_seconds()
    worker.sender.thread.join(20)

    assert waited < 1.5
    [(_, _, body)] = receiver.received
    assert json.loads(body)["data"]["id"] == article.pk
    assert WebhookDelivery.objects.get().status == "delivered"


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_the_thread_tries_again_what_failed_a_moment_ago(receiver, private):
    private.CIVIC_PORTAL_WEBHOOKS_SENT_BY = "thread"
    private.CIVIC_PORTAL_WEBHOOK_RETRY_SECONDS = [2]
    portal = make_portal()
    make_endpoint(portal.site, receiver.url)
    receiver.answer(503)

    for _each in range(3):
        make_article(portal.news)
    worker.sender.thread.join(20)

    assert set(WebhookDelivery.objects.values_list("status", flat=True)) == {"delivered"}
    assert len(receiver.received) == 4


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_a_command_that_publishes_ends_when_it_has_told_once(receiver, private):
    portal = make_portal()
    article = make_article(portal.news, live=False)
    make_endpoint(portal.site, receiver.url)
    receiver.answer(503)
    program = f"""
import os, sys, django
from django.conf import settings
os.environ["DJANGO_SETTINGS_MODULE"] = "cms_site.settings.test"
from cms_site.settings import test
test.DATABASES["default"]["NAME"] = {str(connections["default"].settings_dict["NAME"])!r}
test.CIVIC_PORTAL_WEBHOOKS_SENT_BY = "thread"
test.CIVIC_PORTAL_WEBHOOKS_TO_PRIVATE_ADDRESSES = True
django.setup()
from articles.models import ArticlePage
ArticlePage.objects.get(pk={article.pk}).save_revision().publish()
"""

    subprocess.run(  # noqa: S603
        [sys.executable, "-c", program], check=True, timeout=60, cwd=settings.BASE_DIR
    )

    [(_, _, body)] = receiver.received
    assert json.loads(body)["data"]["id"] == article.pk
    assert WebhookDelivery.objects.get().status == "pending"


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_a_task_sends_where_the_project_has_a_worker(receiver, private):
    private.CIVIC_PORTAL_WEBHOOKS_SENT_BY = "task"
    portal = make_portal()
    article = make_article(portal.news, live=False)
    make_endpoint(portal.site, receiver.url)

    publish(article)

    [(_, _, body)] = receiver.received
    assert json.loads(body)["data"]["id"] == article.pk


def test_a_queue_that_can_wait_comes_back_once_for_what_failed(endpoint, receiver, settings):
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}
    receiver.answer(500)
    create_test_delivery(endpoint=endpoint)

    for _run in range(3):
        tasks.send_waiting_webhooks.call()

    [waiting] = task_backends["default"].results
    delivery = WebhookDelivery.objects.get()
    assert waiting.task.run_after >= delivery.next_attempt_at
    make_due()
    assert tasks.send_waiting_webhooks.call() == {"delivered": 1}
    assert len(task_backends["default"].results) == 1


@pytest.mark.django_db
def test_many_changes_ask_for_one_task(settings):
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}

    for _change in range(5):
        tasks.enqueue()

    assert len(task_backends["default"].results) == 1


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_publishing_succeeds_though_nobody_can_be_woken(private, monkeypatch, caplog):
    private.CIVIC_PORTAL_WEBHOOKS_SENT_BY = "thread"
    portal = make_portal()
    article = make_article(portal.news, live=False)
    make_endpoint(portal.site)

    def no_thread(self):
        raise RuntimeError("can't start new thread")

    monkeypatch.setattr(threading.Thread, "start", no_thread)
    article.save_revision().publish()

    article.refresh_from_db()
    assert article.live
    assert "can't start new thread" in caplog.text
