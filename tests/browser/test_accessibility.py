"""Every kind of page, as a reader meets it: no violation that axe-core finds, no sideways scroll."""

import datetime

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests import factories

PHONE = {"width": 390, "height": 844}
DESK = {"width": 1280, "height": 900}


@pytest.fixture
def addresses(page):
    """One page of each kind, with everything on it that it can show."""
    portal = factories.make_portal()
    factories.make_english(portal)
    directive = factories.make_directive(portal.register, expires_on=datetime.date(2025, 1, 1))
    other = factories.make_directive(portal.register)
    factories.relate(directive, "replaces", other)
    picture = {"image": factories.make_image(), "alt_text": "", "caption": "Cầu Bến Ngà"}
    table = {
        "data": [["Thứ", "Giờ"], ["Thứ Hai", "7:30"]],
        "first_row_is_table_header": True,
        "table_header_choice": "row",
        "table_caption": "Giờ làm việc",
    }
    article = factories.make_article(
        portal.news,
        category=factories.make_category(),
        cover=factories.make_image(),
        byline="Hoài Thư",
        body=[
            ("heading", {"text": "Hai hàng cây", "level": "h2"}),
            factories.paragraph(),
            ("image", picture),
            ("gallery", [picture, picture]),
            ("quote", {"text": "Đẹp lắm.", "attribution": "Bà con"}),
            ("download", {"document": factories.make_document(), "description": "Phiếu"}),
            ("table", table),
            ("embed", {"url": "https://youtu.be/aqz-KE-bpKQ", "caption": "Hướng dẫn"}),
            ("directive", {"directive": directive, "note": "Nên đọc"}),
            ("callout", {"kind": "warning", "title": "Chú ý", "text": "<p>Nước lớn.</p>"}),
        ],
    )
    factories.link_directive(article, directive)
    factories.publish(article)
    area_map = factories.make_map(portal.shelf)
    factories.make_place(area_map)
    links = factories.make_links(portal.shelf)
    figures = factories.make_statistics(portal.shelf)
    for widget in (area_map, links, figures):
        factories.add_card(portal.home, widget)
    pages = [portal.home, portal.news, article, portal.register, directive, portal.shelf]
    pages += [area_map, links, figures]
    return [each.url for each in pages] + [
        "/tim-kiem/?q=duong",
        "/van-ban/?status=expired",
        "/en/",
        "/khong-co/",
    ]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("screen", [PHONE, DESK], ids=["phone", "desk"])
def test_no_kind_of_page_has_a_violation(page, addresses, screen, scheme):
    page.set_viewport_size(screen)
    page.emulate_media(color_scheme=scheme)
    found = {}
    for address in addresses:
        page.goto(address)
        results = Axe().run(page)
        if results.violations_count:
            found[address] = results.generate_report()
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), address

    assert found == {}


def test_the_menu_opens_on_a_phone_without_a_script(chromium, live_server, addresses):
    context = chromium.new_context(
        base_url=live_server.url, viewport=PHONE, java_script_enabled=False
    )
    page = context.new_page()
    page.goto("/")
    link = page.locator("header").get_by_role("link", name="Tin tức", exact=True)
    assert not link.is_visible()

    page.get_by_role("button", name="Menu").click()

    assert link.is_visible()
    context.close()


def test_a_video_is_not_loaded_before_the_reader_asks(page, addresses):
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(addresses[2])
    assert not [url for url in asked if "youtube" in url]

    page.get_by_role("link", name="Hướng dẫn").first.click()

    page.locator("iframe").wait_for(state="attached")
    assert (
        page.locator("iframe")
        .get_attribute("src")
        .startswith("https://www.youtube-nocookie.com/embed/aqz-KE-bpKQ")
    )
