"""What docs/api.md tells a front-end developer to ask for is answered."""

import re
from pathlib import Path

import pytest
from django.conf import settings

from tests.factories import make_article, make_directive, make_portal

GUIDE = Path(settings.BASE_DIR, "docs", "api.md").read_text()
ADDRESSES = re.findall(r"^curl 'http://localhost:8000(/api/v3/[^']+)'$", GUIDE, re.MULTILINE)


def test_the_guide_shows_requests():
    assert len(ADDRESSES) >= 10


@pytest.mark.django_db
@pytest.mark.parametrize("address", ADDRESSES)
def test_what_the_guide_asks_for_is_answered(client, address):
    portal = make_portal()
    make_article(portal.news)
    make_directive(portal.register)

    response = client.get(address)

    assert response.status_code == 200, response.content
