"""Readers and moderators, as they meet comments: with and without scripts, on a phone and a desk."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe

from feedback.counts.aggregates import recount
from feedback.models import Comment, PageRating
from home.services import create_site_groups
from tests import factories

PHONE = {"width": 390, "height": 844}
DESK = {"width": 1280, "height": 900}
SHOWN = Comment.Status.APPROVED


@pytest.fixture
def article(page):
    portal = factories.make_portal()
    factories.make_english(portal)
    article = factories.make_article(portal.news)
    factories.translate(article, title="Water", slug="water")
    return article


def write(page, name="Lan Chi", body="Cảm ơn phường.\nCây đẹp lắm!"):
    page.fill("#comment-name", name)
    page.fill("#comment-body", body)
    page.click("#comment-form button[type=submit]")


def flaws(page):
    """What axe-core finds, and whether the page scrolls sideways."""
    found = [
        (each["id"], each["nodes"][0]["html"]) for each in Axe().run(page).response["violations"]
    ]
    wide = page.evaluate("document.documentElement.scrollWidth > innerWidth")
    return found + ([("scrolls sideways", page.url)] if wide else [])


@pytest.mark.parametrize(
    ("size", "language"),
    [(PHONE, "vi"), (PHONE, "en"), (DESK, "vi")],
    ids=["phone", "phone-en", "desk"],
)
def test_a_reader_rates_errs_comments_and_is_thanked(page, article, size, language):
    elsewhere = []
    page.on(
        "request",
        lambda request: (
            "localhost" in request.url
            or request.url.startswith(("blob:", "data:"))
            or elsewhere.append(request.url)
        ),
    )
    page.set_viewport_size(size)
    page.goto(article.url if language == "vi" else "/en/news/water/")
    assert page.context.cookies() == []
    page.locator("#rating input[value='4']").focus()
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    page.wait_for_url("**?posted=rating**")
    assert page.locator("#rating input:checked").get_attribute("value") == "4"
    assert flaws(page) == []

    write(page, body="Xem https://a.example")
    page.wait_for_selector(".field__error")
    assert page.locator("#comment-name").input_value() == "Lan Chi"
    assert page.evaluate("document.activeElement.hasAttribute('data-focus')")
    assert flaws(page) == []
    write(page)
    page.wait_for_url("**?posted=waiting**")

    assert flaws(page) == []
    assert elsewhere == []
    comment = Comment.objects.get()
    assert (comment.verified, comment.stars, comment.status) == (True, 4, "pending")
    assert PageRating.objects.get().count == 1


def test_a_reader_turns_pages_replies_reports_and_follows_a_lasting_address(page, article):
    first, *_others = [
        Comment.objects.create(page=article, name=f"Bạn đọc {number}", body="Hay", status=SHOWN)
        for number in range(21)
    ]
    recount(repair=True)
    page.set_viewport_size(PHONE)
    page.goto(article.url)
    page.click(".comments__pages [rel=next]")
    page.wait_for_url("**?comments=2#comments")
    assert page.locator(".comments__list > li").count() == 1
    page.click(".comment__facts a")
    page.wait_for_url(f"**?comments=2#comment-{first.pk}")

    page.click(".comment__actions > a")
    page.wait_for_url(f"**?reply={first.pk}#comment-form")
    assert flaws(page) == []
    write(page, body="Tôi cũng thấy hay.")
    page.wait_for_url("**?posted=waiting**")
    page.goto(f"/readers/comments/{first.pk}/")
    page.click(".comment__report > summary")
    assert flaws(page) == []
    page.click(".comment__report[open] button")
    page.wait_for_url("**?posted=report**")

    reply = Comment.objects.get(parent=first)
    first.refresh_from_db()
    assert (reply.status, reply.verified, first.reports) == ("pending", True, 1)


def test_without_scripts_a_comment_and_one_vote_get_through(chromium, live_server, page, article):
    context = chromium.new_context(base_url=live_server.url, java_script_enabled=False)
    plain = context.new_page()
    plain.goto("/en/news/water/")
    assert plain.locator("noscript").count()
    plain.check("#rating input[value='5']", force=True)
    plain.click("#rating form button[type=submit]")
    plain.wait_for_url("**?posted=rating**")
    write(plain)
    plain.wait_for_url("**?posted=waiting**")

    assert "Thank you" in plain.locator("#comments .notice").inner_text()
    context.close()
    assert (Comment.objects.get().verified, PageRating.objects.get().count) == (False, 1)


def test_a_moderator_approves_in_bulk_and_readers_see_it(page, article):
    editors, moderators = create_site_groups(site=article.get_site())
    factories.make_user("duyet", moderators)
    for number in range(3):
        Comment.objects.create(page=article, name="Lan", body=f"Lời số {number}.")
    page.set_viewport_size(DESK)
    page.goto("/admin/login/")
    page.fill("[name=username]", "duyet")
    page.fill("[name=password]", factories.PASSWORD)
    page.click("button[type=submit]")
    page.wait_for_url("**/admin/")
    page.goto("/admin/snippets/civic_feedback/comment/?waiting=true")

    for box in page.locator("tbody input[type=checkbox]").all():
        box.focus()
        page.keyboard.press("Space")
    page.locator("[data-bulk-action-button]").filter(visible=True).first.press("Enter")
    page.wait_for_url(re.compile("/bulk/civic_feedback/comment/approve/"))
    page.locator("form[method=POST] button[type=submit]").last.click()
    page.wait_for_url("**/admin/snippets/civic_feedback/comment/**")
    page.context.clear_cookies()
    page.goto(article.url)

    assert page.locator(".comments__list > li").count() == 3
    assert flaws(page) == []
