"""An editor's whole path in Chromium: compose, preview, publish, translate, and read it everywhere."""

import json
import urllib.request
from datetime import datetime

import pytest
from django.test import Client
from django.utils import timezone
from wagtail.users.models import UserProfile

from articles.models import ArticlePage
from directives.models import DirectivePage
from home.services import create_site_groups, site_collection
from tests import factories

VIDEO = "https://www.youtube.com/watch?v=aqz-KE-bpKQ"


class Editor:
    """What an editor does in Wagtail's admin, by the names that stand on the screen."""

    def __init__(self, page, address, portal):
        self.page = page
        self.address = address
        self.portal = portal
        self.blocks = 0

    def choose(self, chooser, row=0, query=None):
        """Opens a chooser and takes a row of its results."""
        chooser.locator("[data-chooser-action-choose]").first.click()
        dialog = self.page.locator(".modal-body")
        choices = dialog.locator("a[data-chooser-modal-choice], a.choose-page")
        if query:
            dialog.locator("input[name=q]").first.fill(query)
            choices = choices.filter(has_text=query)
        choices.nth(row).click()
        dialog.wait_for(state="detached")

    def add_block(self, label):
        """Adds a block at the end of the text: its element, and the prefix of its fields' ids."""
        body = self.page.locator("[data-contentpath=body]")
        body.locator(".c-sf-add-button").last.click()
        self.page.get_by_role("option", name=label, exact=True).click()
        number, self.blocks = self.blocks, self.blocks + 1
        block = self.page.locator(f"[data-streamfield-child]:has(> [name=body-{number}-id])")
        return block, f"#body-{number}-value"

    def add_item(self, block, field):
        """Adds an item to a list inside a block, by keyboard: a mouse can miss what still unfolds."""
        block.locator(".c-sf-add-button").last.press("Enter")
        self.page.locator(field).wait_for(state="attached")

    def drag(self, handle, place):
        """Drags a block by its handle to where another one has its own."""
        place.scroll_into_view_if_needed()
        start, end = handle.bounding_box(), place.bounding_box()
        mouse = self.page.mouse
        mouse.move(start["x"] + 5, start["y"] + 5)
        mouse.down()
        mouse.move(end["x"] + 5, end["y"] + 5, steps=20)
        mouse.move(end["x"] + 5, end["y"], steps=5)
        mouse.up()

    def write(self, block, text):
        block.locator("[contenteditable=true]").first.click()
        self.page.keyboard.type(text)

    def publish(self, parent):
        self.page.locator("footer [data-w-dropdown-target=toggle]").click()
        self.page.locator("footer button[name=action-publish]").click()
        self.page.wait_for_url(f"**/admin/pages/{parent.pk}/")

    def translate(self, pk, translations):
        """Submits a page for translation into English, translates these texts and publishes."""
        self.page.goto(f"/admin/localize/submit/page/{pk}/")
        self.page.locator("input[name=locales]").check()
        self.page.locator("form input[type=submit]").click()
        for source, translation in translations.items():
            segment = self.page.locator("li").filter(has_text=source).last
            segment.get_by_role("button", name="Translate").click()
            segment.locator("textarea, [contenteditable=true]").first.fill(translation)
            segment.get_by_role("button", name="Save").click()
            segment.get_by_text("Translated manually").wait_for()
        self.page.get_by_role("button", name="Publish in English").click()
        self.page.get_by_text("Published").first.wait_for()

    def fetch(self, path):
        with urllib.request.urlopen(self.address + path) as response:  # noqa: S310
            return json.load(response)


@pytest.fixture
def editor(page, live_server):
    """A signed-in editor of a site in two languages, with files to choose from."""
    portal = factories.make_portal()
    factories.make_english(portal)
    factories.issuing_body(locale=factories.language("en"))
    factories.document_type(locale=factories.language("en"))
    groups = create_site_groups(site=portal.site)
    files = site_collection(portal.site.site_name)
    for title in ("Cầu Bến Ngà", "Chợ Bến Ngà"):
        factories.make_image(title, collection=files)
    for title in ("Toàn văn", "Phụ lục"):
        factories.make_document(title, collection=files)
    user = factories.make_user("bien-tap", *groups)
    UserProfile.objects.update_or_create(user=user, defaults={"preferred_language": "en"})
    page.set_viewport_size({"width": 1280, "height": 1000})
    page.goto("/admin/login/")
    page.fill("[name=username]", "bien-tap")
    page.fill("[name=password]", factories.PASSWORD)
    page.press("[name=password]", "Enter")
    page.wait_for_url("**/admin/")
    return Editor(page, live_server.url, portal)


def compose_directive(editor):
    page = editor.page
    page.goto(f"/admin/pages/add/civic_directives/directivepage/{editor.portal.register.pk}/")
    page.fill("#id_document_number", "65/KH-UBND")
    editor.choose(page.locator("#id_document_type-chooser"), query="Kế hoạch")
    editor.choose(page.locator("#id_issuing_body-chooser"), query="Ủy ban nhân dân phường Bến Ngà")
    page.fill("#id_subject", "Trồng cây trên đường Bờ Kè")
    page.fill("#id_issued_on", "2026-01-12")
    for number in range(2):
        page.locator("#id_attachments-ADD").click()
        editor.choose(page.locator(f"#id_attachments-{number}-document-chooser"), row=number)
    editor.publish(editor.portal.register)


def compose_article(editor):
    page = editor.page
    page.goto(f"/admin/pages/add/civic_articles/articlepage/{editor.portal.news.pk}/")
    page.locator("#id_title").press_sequentially("Đường bộ mới")
    page.fill("#id_summary", "Con đường dài hai cây số.")
    block, field = editor.add_block("Heading")
    page.fill(f"{field}-text", "Hai hàng cây")
    block, field = editor.add_block("Paragraph")
    editor.write(block, "Mỗi cây một nhà nhận chăm.")
    block, field = editor.add_block("Quotation")
    page.fill(f"{field}-text", "Đường đẹp lắm.")
    block, field = editor.add_block("Table")
    block.locator("select").first.select_option("row")
    block, field = editor.add_block("Call-out")
    editor.write(block, "Mang theo nước uống.")
    block, field = editor.add_block("Image")
    editor.choose(block)
    page.fill(f"{field}-caption", "Buổi trồng cây.")
    block, field = editor.add_block("File")
    editor.choose(block)
    block, field = editor.add_block("Video")
    page.fill(f"{field}-url", VIDEO)
    block, field = editor.add_block("Official document")
    editor.choose(block, query="65/KH-UBND")
    block, field = editor.add_block("Gallery")
    editor.add_item(block, f"{field}-1-value-image")
    for number in range(2):
        editor.choose(page.locator(f"{field}-{number}-value-image-chooser"), row=number)


def test_a_missing_document_is_made_from_the_report_and_linked_in_both_languages(editor):
    page, portal = editor.page, editor.portal
    article = factories.make_article(
        portal.news,
        slug="ke-hoach",
        body=[factories.paragraph("Theo Kế hoạch số 65/KH-UBND ngày 12/01/2026 của UBND phường.")],
    )
    factories.publish(article)
    translation = factories.translate(
        article,
        title="The plan",
        slug="the-plan",
        body=[factories.paragraph("See Kế hoạch số 65/KH-UBND ngày 12/01/2026.")],
    )
    revisions = [each.latest_revision_id for each in ArticlePage.objects.order_by("pk")]
    page.goto(article.url)
    assert not page.locator(".citation-link").count()

    page.goto(f"/admin/pages/{article.pk}/edit/")
    cited = page.locator("[data-citations] tr").filter(has_text="65/KH-UBND")
    cited.get_by_text("Missing").wait_for()
    page.goto("/admin/")
    page.get_by_role("button", name="Reports").click()
    page.get_by_role("link", name="Citations", exact=False).click()
    row = page.locator("tr").filter(has_text="65/KH-UBND").first
    row.get_by_role("link", name="Create this document").click()
    assert page.locator("#id_document_number").input_value() == "65/KH-UBND"
    assert page.locator("#id_issued_on").input_value() == "12/01/2026"
    page.fill("#id_subject", "Trồng cây trên đường Bờ Kè")
    editor.publish(portal.register)

    for each in (article, translation):
        page.goto(each.url)
        link = page.locator(".citation-link")
        assert "65/KH-UBND" in link.inner_text()
        link.click()
        assert "65/KH-UBND" in page.locator("main h1").inner_text()
    assert [each.latest_revision_id for each in ArticlePage.objects.order_by("pk")] == revisions


def test_an_editor_orders_groups_of_links_and_translates_widgets(editor):
    page, shelf = editor.page, editor.portal.shelf
    groups = [
        factories.link_group(
            factories.link("Sở Y tế", "https://yte.example/"), heading="Sở, ngành"
        ),
        factories.link_group(factories.link("Báo tỉnh", "https://bao.example/"), heading="Báo chí"),
        factories.link_group(factories.link("Bến xe", "https://xe.example/"), heading="Đi lại"),
    ]
    links = factories.make_links(shelf, title="Liên kết", slug="lien-ket", groups=groups)
    places = factories.make_map(shelf, title="Bản đồ", slug="ban-do")
    factories.make_area(places, label="Khu phố Một")
    factories.make_place(places, name="Trạm y tế")
    for each in (links, places):
        factories.publish(each)

    page.goto(f"/admin/pages/{links.pk}/edit/")
    page.set_viewport_size({"width": 1280, "height": 2400})
    # All groups are in view. Each has one link, which can be moved as well.
    drag, move_down = (
        page.locator(f"[data-contentpath=groups] [data-streamfield-action={action}]")
        for action in ("DRAG", "MOVE_DOWN")
    )
    editor.drag(drag.nth(4), drag.nth(0))
    move_down.nth(2).click()
    editor.publish(shelf)
    headings = ["Đi lại", "Báo chí", "Sở, ngành"]
    for version in ("v2", "v3"):
        served = editor.fetch(f"/api/{version}/pages/{links.pk}/")
        assert [group["heading"] for group in served["groups"]] == headings
    page.goto(links.url)
    shown = [
        text for text in page.locator("main h2, main h3").all_inner_texts() if text in headings
    ]
    assert shown == headings

    editor.translate(links.pk, {"Đi lại": "Transport", "Bến xe": "Bus station"})
    editor.translate(places.pk, {"Khu phố Một": "Quarter One", "Trạm y tế": "Health station"})
    links, places = (each.get_translation(factories.language("en")) for each in (links, places))
    page.goto(links.url)
    assert page.get_by_role("link", name="Bus station").first.is_visible()
    page.goto(places.url)
    assert page.get_by_text("Quarter One").first.is_visible()
    assert page.get_by_text("Health station").first.is_visible()
    served = editor.fetch(f"/api/v3/pages/{places.pk}/")
    assert served["places"][0]["name"] == "Health station"


def saves_by_itself(request):
    """Whether this is Wagtail's autosave of an article with a title."""
    by_itself = request.method == "POST" and request.headers["accept"] == "application/json"
    return by_itself and "Đường bộ mới" in (request.post_data or "")


def test_publishing_while_the_first_autosave_is_under_way_makes_one_page(editor):
    page = editor.page
    form = f"/admin/pages/add/civic_articles/articlepage/{editor.portal.news.pk}/"
    held = []
    page.route(
        f"**{form}",
        lambda route: held.append(route) if saves_by_itself(route.request) else route.continue_(),
    )
    page.goto(form)
    page.fill("#id_summary", "Con đường dài hai cây số.")
    _block, field = editor.add_block("Heading")
    page.fill(f"{field}-text", "Hai hàng cây")
    # What stands in a form two seconds after it opened is no edit yet.
    page.wait_for_timeout(2500)
    with page.expect_request(saves_by_itself):
        page.locator("#id_title").press_sequentially("Đường bộ mới")
    page.locator("footer [data-w-dropdown-target=toggle]").click()
    page.locator("footer button[name=action-publish]").click()
    page.wait_for_timeout(500)
    assert not ArticlePage.objects.exists()

    held[0].continue_()
    page.wait_for_url(f"**/admin/pages/{editor.portal.news.pk}/")
    article = ArticlePage.objects.get()
    assert article.live
    assert not article.has_unpublished_changes


def test_an_editor_composes_previews_publishes_and_translates(editor):
    page = editor.page
    compose_directive(editor)
    compose_article(editor)

    page.get_by_role("button", name="Toggle preview").click()
    preview = page.frame_locator("#w-preview-iframe")
    preview.get_by_role("heading", name="Đường bộ mới").wait_for()
    editor.publish(editor.portal.news)

    article = ArticlePage.objects.get(slug="duong-bo-moi")
    directive = DirectivePage.objects.get(document_number="65/KH-UBND")
    assert directive.slug == "ke-hoach-65-kh-ubnd-2026-01-12"
    editor.translate(directive.pk, {"Trồng cây": "Planting trees"})
    editor.translate(
        article.pk, {"Đường bộ mới": "A new road", "Mỗi cây một nhà": "A household for every tree"}
    )

    page.goto("/tin-tuc/duong-bo-moi/")
    assert page.locator("main h1").inner_text() == "Đường bộ mới"
    assert page.get_by_text("Kế hoạch số 65/KH-UBND").first.is_visible()
    page.get_by_role("link", name="English").click()
    assert page.locator("main h1").inner_text() == "A new road"
    assert page.locator("html").get_attribute("lang") == "en"
    page.goto(f"/van-ban/{directive.slug}/")
    assert page.get_by_text("Toàn văn").is_visible()
    assert page.get_by_text("Phụ lục").is_visible()
    for version in ("v2", "v3"):
        served = editor.fetch(f"/api/{version}/pages/{article.pk}/")
        assert len(served["body"]) == 10
        served = editor.fetch(f"/api/{version}/pages/{directive.pk}/")
        # The chooser lists the newest file first.
        assert [file["title"] for file in served["attachments"]] == ["Phụ lục", "Toàn văn"]


@pytest.mark.parametrize("language", ["vi", "en"])
def test_a_date_stays_what_was_typed_or_says_that_it_cannot_be_read(page, live_server, language):
    portal = factories.make_portal()
    editor = factories.make_superuser()
    UserProfile.objects.create(user=editor, preferred_language=language)
    directive = factories.make_directive(portal.register)
    client = Client()
    factories.log_in(client, editor)
    cookie = {"name": "sessionid", "value": client.cookies["sessionid"].value}
    page.context.add_cookies([cookie | {"url": live_server.url}])

    page.goto(f"/admin/pages/{directive.pk}/edit/")
    field = page.locator("#id_issued_on")
    assert field.input_value() == "15/03/2024"
    for written in ("5/12/2026", "28-11-2026", "28.11.2026", "2026-11-28", "31/02/2026"):
        field.click()
        field.fill(written)
        page.locator("#id_subject").click()
        assert field.input_value() == written
    page.locator("footer button").first.click()
    page.wait_for_load_state()

    assert page.locator("#id_issued_on").input_value() == "31/02/2026"


def test_a_moment_typed_into_the_schedule_is_kept_as_it_was_typed(editor):
    page, news = editor.page, editor.portal.news
    article = factories.make_article(news, live=False)
    page.goto(f"/admin/pages/{article.pk}/edit/")
    page.locator("[data-side-panel-toggle=status]").first.click()
    page.locator("[data-a11y-dialog-show=schedule-publishing-dialog]").first.click()
    dialog = page.locator("#schedule-publishing-dialog")
    for field, typed in (("go_live_at", "28/11/2027 08:00"), ("expire_at", "5/12/2027 8h30")):
        dialog.locator(f"#id_{field}").fill(typed)
        # The picker opens a moment after its field has the focus, and closes when it loses it.
        page.wait_for_timeout(300)
        page.keyboard.press("Tab")
    assert page.input_value("#id_go_live_at") == "28/11/2027 08:00"
    assert page.input_value("#id_expire_at") == "5/12/2027 8h30"
    dialog.get_by_role("button", name="Save schedule").click()
    page.locator(".messages li").first.wait_for()

    draft = ArticlePage.objects.get(pk=article.pk).get_latest_revision_as_object()
    assert timezone.make_naive(draft.go_live_at) == datetime(2027, 11, 28, 8)
    assert timezone.make_naive(draft.expire_at) == datetime(2027, 12, 5, 8, 30)
