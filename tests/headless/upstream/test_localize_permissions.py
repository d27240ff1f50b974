from django.test import TestCase
from wagtail_localize.models import Translation, TranslationSource

from home.services import create_site_groups
from tests import factories


class LocalizePermissionTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.portal = factories.make_portal()
        factories.make_english(cls.portal)
        cls.article = factories.make_article(cls.portal.news)
        neighbour = factories.make_portal("go-say.localhost", "Phường Gò Sậy")
        editors, moderators = create_site_groups(site=cls.portal.site)
        cls.contributor = factories.make_user("cong-tac-vien", editors)
        cls.moderator = factories.make_user("duyet-bai", editors, moderators)
        cls.stranger = factories.make_user("go-say", *create_site_groups(site=neighbour.site))
        cls.source, _ = TranslationSource.get_or_create_from_instance(cls.article)
        translation = Translation.objects.create(
            source=cls.source, target_locale=factories.language("en")
        )
        translation.save_target(publish=True)

    def test_only_who_may_edit_a_page_submits_it_for_translation(self):
        address = f"/admin/localize/submit/page/{self.article.pk}/"
        factories.log_in(self.client, self.stranger)
        self.assertRedirects(self.client.get(address), "/admin/", fetch_redirect_response=False)

        factories.log_in(self.client, self.contributor)
        assert self.client.get(address).status_code == 200

    def test_only_who_may_publish_a_page_publishes_its_translations(self):
        address = f"/admin/localize/update/{self.source.pk}/"
        for user in (self.stranger, self.contributor):
            factories.log_in(self.client, user)
            response = self.client.post(address, {"publish_translations": "on"})
            self.assertRedirects(response, "/admin/", fetch_redirect_response=False)

        factories.log_in(self.client, self.moderator)
        response = self.client.post(address, {"publish_translations": "on"})
        assert response.url != "/admin/"

    def test_only_who_may_publish_a_page_makes_it_an_alias(self):
        english = self.article.get_translation(factories.language("en"))
        factories.log_in(self.client, self.contributor)

        self.client.post(f"/admin/localize/page/{english.pk}/convert_to_alias/")

        english.refresh_from_db()
        assert english.alias_of_id is None

    def test_only_who_may_change_a_snippet_submits_it(self):
        category = factories.make_category()
        address = f"/admin/localize/submit/snippet/civic_articles/category/{category.pk}/"
        factories.log_in(self.client, self.contributor)
        assert self.client.get(address).status_code != 200

        factories.log_in(self.client, self.moderator)
        assert self.client.get(address).status_code == 200
