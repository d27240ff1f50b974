"""A translation refers to nothing that a chooser would not offer to its translator."""

import pytest
from django.urls import reverse
from wagtail.models import Collection
from wagtail_localize.models import SegmentOverride, Translation, TranslationSource
from wagtail_localize.views.edit_translation import edit_override

from home.services import create_site_groups
from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture
def portal(client):
    """A translated article with a cover, whose contributor is logged in."""
    portal = factories.make_portal()
    factories.make_english(portal)
    factories.make_portal("go-say.localhost", "Phường Gò Sậy")
    editors, _moderators = create_site_groups(site=portal.site)
    article = factories.make_article(portal.news, cover=factories.make_image())
    source, _made = TranslationSource.get_or_create_from_instance(article)
    portal.translation = Translation.objects.create(
        source=source, target_locale=factories.language("en")
    )
    portal.translation.save_target(publish=True)
    portal.segment = source.overridablesegment_set.get(context__path="cover")
    factories.log_in(client, factories.make_user("cong-tac-vien", editors))
    return portal


def override(client, portal, **written):
    address = reverse(
        "wagtail_localize:edit_override", args=[portal.translation.pk, portal.segment.pk]
    )
    return client.put(
        address,
        "&".join(f"{name}={value}" for name, value in written.items()),
        content_type="application/x-www-form-urlencoded",
    )


def make_foreign_image():
    collection = Collection.get_first_root_node().add_child(name="Gò Sậy")
    return factories.make_image(collection=collection)


def test_a_public_picture_of_all_is_taken(portal, client):
    image = factories.make_image()

    assert override(client, portal, value=image.pk).status_code == 201
    assert SegmentOverride.objects.get().data == str(image.pk)


def test_a_picture_of_others_is_refused(portal, client):
    response = override(client, portal, value=make_foreign_image().pk)

    assert response.status_code == 400
    assert "value" in response.json()
    assert not SegmentOverride.objects.exists()


@pytest.mark.parametrize("value", ["0", "99999", "9" * 30, "x", "", "-1", "٣"])
def test_what_is_no_row_is_refused(portal, client, value):
    assert override(client, portal, value=value).status_code == 400
    assert not SegmentOverride.objects.exists()


def test_a_value_that_is_missing_is_refused(portal, client):
    assert override(client, portal).status_code == 400


@pytest.mark.xfail(strict=True)
def test_wagtail_localize_refuses_a_picture_of_others(portal, client, monkeypatch):
    monkeypatch.setattr(edit_override.cls, "put", edit_override.cls.put.__wrapped__)

    assert override(client, portal, value=make_foreign_image().pk).status_code != 201
