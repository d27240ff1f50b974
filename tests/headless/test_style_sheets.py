"""Which of our style sheets pages link: `CIVIC_PORTAL_STYLES`."""

import pytest
from bs4 import BeautifulSoup

from tests.factories import make_article, make_portal

PARTS = "/static/civic_headless/parts.css"
OF_THE_APP = "/static/civic_articles/page.css"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("setting", "linked"),
    [("all", {PARTS, OF_THE_APP}), ("apps", {OF_THE_APP}), ("none", set())],
)
def test_a_page_links_the_style_sheets_of_the_setting(client, settings, setting, linked):
    settings.CIVIC_PORTAL_STYLES = setting
    article = make_article(make_portal().news)

    page = BeautifulSoup(client.get(article.url).content, "html.parser")

    sheets = [link["href"] for link in page.select("link[rel=stylesheet]")]
    ours = {sheet for sheet in sheets if "/civic_" in sheet}
    assert ours & {PARTS, OF_THE_APP} == linked
    assert bool(ours) == bool(linked)
    assert len(sheets) == len(set(sheets))
