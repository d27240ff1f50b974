"""Redirects outlive changes that make none."""

import pytest
from wagtail.contrib.redirects.models import Redirect
from wagtail.contrib.redirects.signal_handlers import BatchRedirectCreator

from tests.factories import make_article, make_portal


@pytest.mark.django_db
def test_a_draft_that_gets_another_slug_takes_no_redirect_away(django_capture_on_commit_callbacks):
    news = make_portal().news
    Redirect.add_redirect("/cu/", redirect_to=news, automatically_created=True)
    draft = make_article(news, live=False)

    draft.slug = "ten-khac"
    with django_capture_on_commit_callbacks(execute=True):
        draft.save()

    assert Redirect.objects.count() == 1


@pytest.mark.xfail(strict=True, reason="https://github.com/wagtail/wagtail/issues/11338")
@pytest.mark.django_db
def test_an_empty_batch_of_wagtail_itself_deletes_nothing(monkeypatch):
    monkeypatch.setattr(
        BatchRedirectCreator, "pre_process", BatchRedirectCreator.pre_process.__wrapped__
    )
    Redirect.add_redirect("/cu/", redirect_to="/moi/", automatically_created=True)

    BatchRedirectCreator(max_size=10).process()

    assert Redirect.objects.exists()
