"""The command `remove_app_content` deletes the content of one app and nothing else."""

import io

import pytest
from django.contrib.contenttypes.models import ContentType
from django.core.management import CommandError, call_command
from django.test import TestCase
from wagtail.models import Page, ReferenceIndex, Revision
from wagtail.search.models import IndexEntry

from tests.factories import add_card, make_links, make_map, make_portal
from widgets.models import SidebarCard

pytestmark = pytest.mark.vendor


class RemoveAppContentTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.portal = make_portal()
        cls.links = make_links(cls.portal.shelf, title="Cổng thông tin")
        make_map(cls.portal.shelf).save_revision()
        add_card(cls.portal.home, cls.links)

    def run_command(self, *arguments):
        out = io.StringIO()
        call_command("remove_app_content", *arguments, stdout=out)
        return out.getvalue()

    def test_what_would_go_is_listed_and_stays(self):
        said = self.run_command("civic_widgets")

        assert "“Cổng thông tin”" in said
        assert "Nothing was removed" in said
        assert Page.objects.filter(pk=self.links.pk).exists()

    def test_pages_rows_and_their_traces_go_and_others_stay(self):
        others = set(Page.objects.values_list("pk", flat=True))
        others -= set(
            self.portal.shelf.get_descendants(inclusive=True).values_list("pk", flat=True)
        )

        self.run_command("civic_widgets", "--yes")

        assert set(Page.objects.values_list("pk", flat=True)) == others
        assert not SidebarCard.objects.exists()
        types = ContentType.objects.filter(app_label="civic_widgets")
        for traces in (Revision, ReferenceIndex, IndexEntry):
            assert not traces.objects.filter(content_type__in=types).exists(), traces

    def test_an_app_that_others_rest_on_is_refused(self):
        with pytest.raises(CommandError, match="articles"):
            self.run_command("civic_directives", "--yes")

    def test_an_app_that_is_not_there_is_named(self):
        with pytest.raises(CommandError, match="There is no app “nothing”"):
            self.run_command("nothing")
