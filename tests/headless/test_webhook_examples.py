"""The example receivers of docs/api.md accept valid messages and reject all others."""

import json
import re
import subprocess

import pytest
from django.conf import settings

from headless.webhooks.deliveries import create_test_delivery
from headless.webhooks.dispatch import send_webhooks
from headless.webhooks.signing import new_secret
from tests.factories import make_endpoint, make_portal
from tests.headless.receivers import Receiver


def example(language) -> str:
    """Return the code block of docs/api.md that defines `receive` in a language."""
    text = (settings.BASE_DIR / "docs/api.md").read_text()
    blocks = re.findall(rf"```{language}\n(.*?)```", text, re.DOTALL)
    [block] = [each for each in blocks if "receive(" in each]
    return block


@pytest.fixture
def sent(db, settings):
    """Return an endpoint's secret, with headers (in lower case) and body of one of its messages."""
    settings.CIVIC_PORTAL_WEBHOOKS_TO_PRIVATE_ADDRESSES = True
    with Receiver() as receiver:
        endpoint = make_endpoint(make_portal().site, receiver.url)
        create_test_delivery(endpoint=endpoint)
        send_webhooks()
        [(_, headers, body)] = receiver.received
    return endpoint.secret, {name.lower(): value for name, value in headers.items()}, body


def cases(sent):
    """Return messages for a receiver, each with whether it must accept it."""
    secret, headers, body = sent
    old = headers | {"webhook-timestamp": "1600000000"}
    return [
        (secret, body, headers, True),
        (secret, body.replace(b"test", b"text"), headers, False),
        (new_secret(), body, headers, False),
        (secret, body, old, False),
        (secret, body, headers | {"webhook-id": "msg_other"}, False),
        (secret, body, headers | {"webhook-signature": "v1,AAAA"}, False),
        (secret, body, headers | {"webhook-signature": "nonsense,"}, False),
        (secret, body, {}, False),
    ]


def test_the_receiver_in_python(sent):
    names = {}
    exec(example("python"), names)  # noqa: S102

    for secret, body, headers, taken in cases(sent):
        message = names["receive"](secret, body, headers)
        assert (message or {}).get("type") == ("webhook.test" if taken else None)


def test_the_receiver_in_node(sent, node, tmp_path):
    path = tmp_path / "receive.mjs"
    path.write_text(
        example("js")
        + """
import { readFileSync } from "node:fs";
const cases = JSON.parse(readFileSync(0, "utf8"));
console.log(JSON.stringify(cases.map(([secret, body, headers]) => receive(secret, body, headers))));
"""
    )
    given = cases(sent)
    text = json.dumps([(secret, body.decode(), headers) for secret, body, headers, _ in given])

    done = subprocess.run(  # noqa: S603
        [node, str(path)], input=text, capture_output=True, text=True, check=True
    )

    found = [message and message["type"] for message in json.loads(done.stdout)]
    assert found == ["webhook.test" if taken else None for *_, taken in given]
