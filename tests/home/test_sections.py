"""Where sections and home pages may be made, and what the form says of the menu."""

import pytest
from django.urls import reverse
from wagtail.models import Page
from wagtail.test.utils.form_data import inline_formset, nested_form_data

from articles.models import ArticleIndexPage
from directives.models import DirectiveIndexPage
from home.models import HomePage
from home.services import create_site_groups
from tests.factories import log_in, make_article, make_portal, make_user
from tests.forms import NO_SIDEBAR, article_form
from widgets.models import WidgetIndexPage

pytestmark = pytest.mark.django_db
NOT_THERE = "mục này chưa có trong menu"


@pytest.fixture
def portal():
    return make_portal()


@pytest.mark.parametrize("model", [ArticleIndexPage, DirectiveIndexPage, WidgetIndexPage])
def test_a_new_section_says_that_it_is_not_in_the_menu_and_offers_it(client, portal, model):
    log_in(client)
    label = [model._meta.app_label, model._meta.model_name]
    address = reverse("wagtailadmin_pages:add", args=[*label, portal.home.pk])

    form = client.get(address).content.decode()
    assert NOT_THERE in form.lower()
    assert form.count('name="show_in_menus"') == 1
    data = {"title": "Mục mới", "slug": "muc-moi", "introduction": "", "show_in_menus": "on"}
    response = client.post(address, nested_form_data(data | NO_SIDEBAR) | {"action-publish": "1"})
    assert response.status_code == 302, response.context["form"].errors

    page = Page.objects.get(slug="muc-moi")
    assert page.show_in_menus
    form = client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()
    assert NOT_THERE not in form.lower()
    assert "Mục mới" in client.get(portal.home.url).content.decode()


def test_a_home_page_is_offered_below_the_root_only(client, portal):
    log_in(client)
    for parent, offered in (
        (Page.get_first_root_node(), True),
        (portal.home, False),
        (portal.news, False),
    ):
        choices = reverse("wagtailadmin_pages:add_subpage", args=[parent.pk])
        add = reverse("wagtailadmin_pages:add", args=["home", "homepage", parent.pk])
        shown = client.get(choices, follow=True).content.decode()
        assert (add in shown) is offered
        assert (client.get(add).status_code == 200) is offered
    assert HomePage.objects.count() == 1


def test_a_returned_page_shows_the_moderators_word_until_it_is_submitted_again(client, portal):
    editors, moderators = create_site_groups(site=portal.site)
    editor, moderator = make_user("bien-tap", editors), make_user("duyet-bai", moderators)
    moderator.first_name, moderator.last_name = "Hoa", "Trần"
    moderator.save()
    article = make_article(portal.news, live=False)
    address = reverse("wagtailadmin_pages:edit", args=[article.pk])
    data = nested_form_data(
        article_form(title=article.title, slug=article.slug, related_articles=inline_formset([]))
    )

    def submit(action):
        log_in(client, editor)
        response = client.post(address, data | {action: "1"})
        assert response.status_code == 302
        # The success message is read, so that it is not taken for another one.
        client.get(reverse("wagtailadmin_home"))

    def form():
        log_in(client, editor)
        return client.get(address).content.decode()

    submit("action-submit")
    assert "Hoa Trần" not in form()
    log_in(client, moderator)
    article.refresh_from_db()
    state = article.current_workflow_task_state
    client.post(
        reverse("wagtailadmin_pages:workflow_action", args=[article.pk, "reject", state.pk]),
        {"comment": "Thiếu ngày họp <b>và</b> địa điểm."},
    )

    for _ in range(2):
        shown = form()
        assert "Hoa Trần" in shown
        assert "<p>Thiếu ngày họp &lt;b&gt;và&lt;/b&gt; địa điểm.</p>" in shown
    refused = client.post(address, data | {"title": "", "action-submit": "1"})
    assert refused.context["form"].errors
    note = "<p>Thiếu ngày họp &lt;b&gt;và&lt;/b&gt; địa điểm.</p></div>"
    assert refused.content.decode().count(note) == 1
    submit("action-submit")
    assert "Thiếu ngày họp" not in form()
