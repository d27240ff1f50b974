"""The widgets as a reader's browser shows them, by mouse, keyboard, and without scripts."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.utils import timezone
from playwright.sync_api import expect

from tests.factories import (
    add_card,
    boundaries,
    link,
    link_group,
    log_in,
    make_article,
    make_links,
    make_map,
    make_place,
    make_portal,
    make_statistics,
    square,
)
from widgets.models import DailyVisits, MapArea
from widgets.visits import counting

FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"


@pytest.fixture
def portal(page):
    counting.limits.reset()
    counting.known.clear()
    return make_portal()


@pytest.fixture
def reader(chromium, live_server):
    """Opens pages in a browser with other options than `page` has."""
    contexts = []

    def new_page(**options):
        context = chromium.new_context(base_url=live_server.url, locale="vi-VN", **options)
        contexts.append(context)
        return context.new_page()

    yield new_page
    for context in contexts:
        context.close()


def path(widget):
    return "/" + widget.url.split("/", 3)[-1] if "//" in widget.url else widget.url


def violations(page):
    return [
        (each["id"], each["nodes"][0]["target"]) for each in Axe().run(page).response["violations"]
    ]


def ward_map(portal):
    ward = make_map(
        portal.shelf, boundaries=boundaries(square("khu-1"), square("khu-2", west=105.91))
    )
    MapArea.objects.create(
        page=ward, feature_key="khu-1", label="Khu <b>Một</b>", text="Đông dân", locale=ward.locale
    )
    make_place(ward, name="Trụ sở <i>phường</i>", address="1 Hàng Me", kind="office")
    make_place(ward, name="Trường học", longitude="105.915", kind="school")
    return ward


def test_the_map_shows_places_as_text_and_finds_them(page, portal):
    page.goto(path(ward_map(portal)))
    page.locator(".map-live__place").nth(1).wait_for()

    page.get_by_role("button", name="1. Trụ sở <i>phường</i>").press("Enter")
    popup = page.locator(".leaflet-popup-content")
    popup.wait_for()
    # It fades in: half of it would have half the contrast.
    expect(page.locator(".leaflet-popup")).to_have_css("opacity", "1")

    assert "Trụ sở <i>phường</i>" in popup.inner_text()
    assert violations(page) == []
    page.locator("#map-search").fill("truong hoc")
    assert page.locator("li[data-place]:visible").count() == 1
    assert page.locator(".map-live__place").count() == 1
    page.locator("#map-search").press("Enter")
    page.get_by_text("Trường học").nth(1).wait_for()


def test_an_area_says_its_text_when_it_is_clicked(page, portal):
    page.goto(path(ward_map(portal)))
    page.locator(".map-live__area").first.wait_for()

    page.locator(".map-live__area").first.click(position={"x": 20, "y": 20})
    popup = page.locator(".leaflet-popup-content")
    popup.wait_for()

    assert "Khu <b>Một</b>" in popup.inner_text()


def test_picture_and_list_remain_without_scripts(page, portal, reader):
    ward = ward_map(portal)
    plain = reader(java_script_enabled=False)
    plain.goto(path(ward))

    assert plain.locator("svg.map--large").is_visible()
    assert plain.get_by_role("heading", name="Trường học").is_visible()
    assert not plain.locator("[data-map-search]").is_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
def test_no_page_of_a_widget_breaks_a_rule_of_accessibility(page, portal, reader, width, scheme):
    statistics = make_statistics(portal.shelf)
    links = make_links(portal.shelf, groups=[link_group(link(), link("Hai", "https://b.example/"))])
    drop_down = make_links(portal.shelf, display="select")
    for widget in (statistics, links, drop_down):
        add_card(portal.home, widget)
    DailyVisits.objects.create(
        site=portal.site, day=timezone.localdate(), views=30, visits=20, visitors=10
    )
    shown = reader(viewport={"width": width, "height": 900}, color_scheme=scheme)
    for widget in (statistics, links, ward_map(portal)):
        shown.goto(path(widget))
        shown.wait_for_load_state("networkidle")
        assert violations(shown) == [], widget.title
        assert shown.evaluate("document.documentElement.scrollWidth") <= width


def test_a_visit_is_counted_and_figures_are_refreshed(page, portal, reader):
    article = make_article(portal.news)
    statistics = make_statistics(portal.shelf)
    shown = reader(user_agent=FIREFOX)
    with shown.expect_response("**/widgets/visits/") as answer:
        shown.goto(path(article))
    assert answer.value.status == 204
    assert DailyVisits.objects.get(site=portal.site).views == 1

    figures = {"total": 243211, "online": 7}
    shown.route("**/figures/*.json", lambda route: route.fulfill(json=figures))
    shown.goto(path(statistics))
    shown.get_by_text("243.211").wait_for()

    assert shown.locator("[data-figure=online]").inner_text() == "7"


def test_a_picture_counts_where_scripts_are_off(page, portal, reader):
    shown = reader(user_agent=FIREFOX, java_script_enabled=False)
    with shown.expect_response("**/widgets/visits/*.gif") as answer:
        shown.goto(path(portal.news))

    assert answer.value.status == 200
    assert DailyVisits.objects.get(site=portal.site).views == 1


def test_the_numbers_of_a_chart_unfold(page, portal):
    DailyVisits.objects.create(
        site=portal.site, day=timezone.localdate(), views=30, visits=20, visitors=10
    )
    page.goto(path(make_statistics(portal.shelf)))
    table = page.locator(".chart-data table").first
    assert not table.is_visible()

    page.locator(".chart-data summary").first.press("Enter")

    assert table.is_visible()
    assert table.locator("td").first.inner_text() == "20"


def test_a_drop_down_leads_nowhere_until_its_button_is_pressed(page, portal):
    groups = [
        link_group(link("Tin tức", "http://elsewhere.invalid/"), link("Hai", "https://b.invalid/"))
    ]
    add_card(portal.home, make_links(portal.shelf, display="select", groups=groups))
    asked = []
    page.route(
        "**/*.invalid/**",
        lambda route: (asked.append(route.request.url), route.fulfill(body="there")),
    )
    page.goto("/")
    address = page.url

    page.locator(".link-form select").select_option("Tin tức")
    assert page.url == address
    assert asked == []
    page.locator(".link-form button").click()
    page.wait_for_url("http://elsewhere.invalid/")

    assert asked == ["http://elsewhere.invalid/"]


def test_a_group_of_links_unfolds_without_scripts(page, portal, reader):
    add_card(portal.home, make_links(portal.shelf, display="select"))
    plain = reader(java_script_enabled=False)
    plain.goto("/")

    plain.locator(".widget-card summary").click()

    there = plain.locator(".widget-card a[rel~=noopener]")
    assert there.is_visible()
    assert not plain.locator(".link-form").is_visible()


def test_an_editor_picks_a_position_on_a_map(page, portal, client):
    ward = ward_map(portal)
    log_in(client)
    session = client.cookies["sessionid"].value
    page.context.add_cookies(
        [{"name": "sessionid", "value": session, "domain": "localhost", "path": "/"}]
    )
    page.goto(f"/admin/pages/{ward.pk}/edit/")
    latitude = page.locator("#id_places-0-latitude")
    before = latitude.input_value()

    page.locator("#id_places-0-latitude + div button").first.click()
    frame = page.locator(".place-map")
    frame.wait_for()
    frame.click(position={"x": 60, "y": 60})

    assert latitude.input_value() != before
    assert 18 < float(latitude.input_value()) < 19
    assert 105 < float(page.locator("#id_places-0-longitude").input_value()) < 107
