"""What API v3 says of page types made of Wagtail's own fields; run by tests/test_integrator.py."""

import datetime
from decimal import Decimal

from django.core.cache import caches
from django.test import TestCase
from wagtail.rich_text import RichText

from tests.api.answers import Document
from tests.api.test_openapi import loose_parts
from tests.factories import (
    committed,
    language,
    make_article,
    make_category,
    make_document,
    make_english,
    make_image,
    make_portal,
    restrict,
)
from tests.integrator.bulletin.models import BulletinPage, BulletinRow
from tests.queries import queries_of


class BulletinTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.portal = make_portal()
        cls.article = make_article(cls.portal.news)
        cls.hidden = make_article(cls.portal.news, title="BÍ MẬT")
        restrict(cls.hidden)
        cls.draft = make_article(cls.portal.news, title="BÍ MẬT", live=False)
        cls.image, cls.document, cls.category = (
            make_image(),
            make_document(),
            make_category("Giáo dục"),
        )

    def make(self, **fields):
        page = BulletinPage(title="Bản tin", locale=self.portal.home.locale, **fields)
        return self.portal.home.add_child(instance=page)

    def teaser(self, page=None):
        return {"page": page or self.article, "picture": self.image, "words": "a"}

    def body(self):
        table = {
            "columns": [{"type": "words", "heading": "W"}, {"type": "n", "heading": "N"}],
            "rows": [{"values": ["a", 1]}],
            "caption": "c",
        }
        block = BulletinPage._meta.get_field("body").stream_block.child_blocks["table"]
        return [
            ("text", "a"),
            ("long", "a"),
            ("rich", RichText("<p>a</p>")),
            ("raw", "<hr>"),
            ("yes", True),
            ("whole", 1),
            ("part", 1.5),
            ("sum", Decimal("1.50")),
            ("day", datetime.date(2026, 1, 1)),
            ("hour", datetime.time(7, 30)),
            ("instant", datetime.datetime(2026, 1, 1, 7, 30, tzinfo=datetime.UTC)),
            ("mail", "a@b.example"),
            ("link", "https://a.example/"),
            ("code", "a"),
            ("one", "retired"),
            ("some", ["a", "retired"]),
            ("said", "a"),
            ("line", None),
            ("page", self.article),
            ("picture", self.image),
            ("figure", self.image),
            ("file", self.document),
            ("category", self.category),
            ("table", block.to_python(table)),
            ("teaser", self.teaser()),
            ("teasers", [self.teaser(), self.teaser(self.hidden)]),
            ("pair", {"a": "a", "b": self.teaser()}),
            ("columns", [("teaser", self.teaser()), ("w", "b")]),
        ]

    def answer(self, page, query=""):
        response = self.client.get(f"/api/v3/pages/{page.pk}/{query}")
        assert response.status_code == 200, response.content
        complaints = Document(self.client).complaints(response.json(), "/pages/{page_id}/")
        assert complaints == []
        return response.json()

    def test_nothing_of_it_is_unknown_but_what_has_no_form(self):
        schemas = Document(self.client).data["components"]["schemas"]
        ours = {name: each for name, each in schemas.items() if "Bulletin" in name}

        found = [place for name, each in ours.items() for place in loose_parts(each, name)]

        assert found == []
        body = schemas["PortalBulletinBulletinPageBodyBlock"]["discriminator"]["mapping"]
        stream = BulletinPage._meta.get_field("body").stream_block
        assert set(body) == set(stream.child_blocks)
        kinds = schemas["PortalBulletinBulletinPage"]["properties"]
        assert kinds["urgency"]["enum"] == ["low", "high", ""]
        assert kinds["length"] == {"type": "integer"}

    def test_its_answers_are_what_the_document_says(self):
        self.answer(self.make())
        full = self.make(
            slug="full",
            lead=self.article,
            picture=self.image,
            file=self.document,
            category=self.category,
            urgency="high",
            amount="12.50",
            on="2026-01-01",
            note="<p>a</p>",
            body=self.body(),
        )
        full.categories = [self.category]
        full.rows.add(BulletinRow(words="a", page=self.article, file=self.document))
        full.save()

        answer = self.answer(full)

        assert answer["lead"]["title"] == self.article.title
        assert answer["picture"]["renditions"]
        assert answer["file"]["extension"] == "pdf"
        assert answer["category"]["name"] == self.category.name
        assert [each["name"] for each in answer["categories"]] == [self.category.name]
        assert answer["rows"][0]["page"]["id"] == self.article.pk
        assert answer["length"] == len("<p>a</p>")
        blocks = {block["type"]: block["value"] for block in answer["body"]}
        assert blocks["page"]["id"] == self.article.pk
        assert blocks["figure"]["image"]["id"] == self.image.pk
        assert blocks["teasers"][1]["page"] is None
        assert blocks["columns"][0]["value"]["page"]["title"] == self.article.title

    def test_odd_values_are_an_answer(self):
        gone = 999_999
        odd = [
            {"type": name, "value": value}
            for name, value in (
                ("page", gone),
                ("picture", gone),
                ("file", gone),
                ("category", gone),
                ("figure", {"image": gone, "alt_text": None, "decorative": True}),
                ("figure", {"image": self.image.pk, "alt_text": None, "decorative": None}),
                ("one", ""),
                ("some", []),
                ("text", None),
                ("sum", None),
                ("day", None),
                ("table", {"columns": [], "rows": [], "caption": None}),
                ("teaser", {}),
                ("teasers", []),
            )
        ]
        page = self.make()
        stream = BulletinPage._meta.get_field("body").stream_block
        BulletinPage.objects.filter(pk=page.pk).update(body=stream.to_python(odd))

        for form in ("db_html", "html", "markdown"):
            self.answer(page, f"?rich_text_format={form}")

    def test_what_is_hidden_is_told_to_nobody(self):
        for page in (self.hidden, self.draft):
            bulletin = self.make(
                slug=f"b-{page.pk}", lead=page, body=[("page", page), ("teaser", self.teaser(page))]
            )
            bulletin.rows.add(BulletinRow(page=page))
            bulletin.save()
            answer = self.answer(bulletin)
            assert answer["lead"] is None
            assert answer["rows"][0]["page"] is None
            assert [answer["body"][0]["value"], answer["body"][1]["value"]["page"]] == [None, None]
            assert "BÍ MẬT" not in str(answer)

    def test_terms_in_fields_and_blocks_follow_their_translation(self):
        make_english(self.portal)
        english = language("en")
        pair = {"a": "a", "b": self.teaser()}
        body = [("category", self.category), ("optional", self.category), ("pair", pair)]
        with committed():
            source = self.make(
                category=self.category, body=[*body, ("topics", [{"category": self.category}])]
            )
            source.categories = [self.category]
            source.save()
            translated = source.copy_for_translation(english)
            translated.save_revision().publish()
            draft = translated.save_revision()

        before = self.answer(translated)

        assert before["category"] is None
        assert before["categories"] == []
        assert [each["value"] for each in before["body"][:2]] == [
            {"id": self.category.pk, "code": "giao-duc", "name": "Giáo dục"},
            None,
        ]

        term = make_category(
            "Education", locale=english, translation_key=self.category.translation_key
        )

        assert self.answer(source)["category"]["name"] == "Giáo dục"
        after = self.answer(translated)
        assert after["category"]["name"] == "Education"
        named = [after["body"][0]["value"], after["body"][1]["value"]]
        named.append(after["body"][3]["value"][0]["category"])
        assert [each["id"] for each in named] == [term.pk] * 3
        assert after["body"][2] == before["body"][2]
        draft.refresh_from_db()
        stored = draft.as_object()
        assert [stored.category, stored.body[0].value, stored.body[1].value] == [term] * 3

    def test_a_copy_for_translation_refers_to_translated_terms(self):
        make_english(self.portal)
        english = language("en")
        term = make_category(
            "Education", locale=english, translation_key=self.category.translation_key
        )
        source = self.make(category=self.category, body=[("category", self.category)])

        translated = BulletinPage.objects.get(pk=source.copy_for_translation(english).pk)

        assert [translated.category, translated.body[0].value] == [term, term]

    def test_more_rows_and_blocks_cost_no_more_queries(self):
        bulletin = self.make()
        found = []
        for _ in range(2):
            for _ in range(10):
                article = make_article(self.portal.news)
                document, image = make_document(), make_image()
                bulletin.rows.add(BulletinRow(page=article, file=document))
                bulletin.body.append(("page", article))
                bulletin.body.append(("teaser", {"page": article, "picture": image, "words": ""}))
                bulletin.body.append(("file", document))
                bulletin.body.append(
                    ("rich", RichText(f'<a linktype="page" id="{article.pk}">x</a>'))
                )
            bulletin.save()
            caches["local"].clear()
            found.append(queries_of(self.client, f"/api/v3/pages/{bulletin.pk}/"))

        assert found[0] == found[1]
