from django.test import TestCase

from directives.models import DirectiveRelation
from tests.factories import make_directive, make_english, make_portal, relate, restrict, translate

Kind = DirectiveRelation.Kind


class RelationTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.portal = make_portal()
        cls.law = make_directive(cls.portal.register, subject="Luật")
        cls.decree = make_directive(cls.portal.register, subject="Nghị định")

    def shown(self, page):
        context = self.client.get(page.url).context
        return [
            {group.label: [page.title for page in group.directives] for group in context[name]}
            for name in ("acts_on", "acted_on_by")
        ]

    def test_every_kind_is_shown_from_both_sides(self):
        for kind in Kind:
            with self.subTest(kind=kind):
                row = relate(self.decree, kind, self.law)

                assert self.shown(self.decree) == [{kind.label: [self.law.title]}, {}]
                passive = str(DirectiveRelation.PASSIVE[kind])
                assert self.shown(self.law) == [{}, {passive: [self.decree.title]}]
                row.delete()

    def test_both_pages_link_to_each_other(self):
        relate(self.decree, Kind.IMPLEMENTS, self.law)

        self.assertContains(self.client.get(self.decree.url), f'href="{self.law.url}"')
        self.assertContains(self.client.get(self.law.url), f'href="{self.decree.url}"')

    def test_a_relation_in_part_says_so(self):
        row = relate(self.decree, Kind.REPEALS, self.law, partly=True)

        [acts_on, _] = self.shown(self.decree)
        assert list(acts_on) == [str(row.active_label)]
        assert str(row.active_label) != Kind.REPEALS.label

    def test_drafts_and_private_documents_are_shown_from_neither_side(self):
        draft = make_directive(self.portal.register, live=False)
        private = make_directive(self.portal.register)
        restrict(private)
        for hidden in (draft, private):
            relate(self.law, Kind.AMENDS, hidden)
            relate(hidden, Kind.REPLACES, self.law)

        assert self.shown(self.law) == [{}, {}]

    def test_a_translation_shows_translations(self):
        make_english(self.portal)
        relate(self.decree, Kind.IMPLEMENTS, self.law)
        law, decree = translate(self.law, title="Law"), translate(self.decree, title="Decree")

        [acts_on, _] = self.shown(decree)
        [_, acted_on_by] = self.shown(law)

        assert list(acts_on.values()) == [["Law"]]
        assert list(acted_on_by.values()) == [["Decree"]]

    def test_a_relation_to_an_untranslated_document_leads_to_the_original(self):
        make_english(self.portal)
        relate(self.decree, Kind.IMPLEMENTS, self.law)
        decree = translate(self.decree, title="Decree")

        [acts_on, _] = self.shown(decree)

        assert list(acts_on.values()) == [[self.law.title]]
