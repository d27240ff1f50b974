"""
Characters that XML cannot contain, and other normal forms than NFC, at every input and output.
"""

import json
import unicodedata
from io import BytesIO
from urllib.parse import quote

import pytest
from django import forms
from django.contrib.auth import get_user_model
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import TestCase
from django.urls import reverse
from django.utils.xmlutils import SimplerXMLGenerator, UnserializableContentError
from openpyxl import load_workbook
from taggit.models import Tag
from wagtail.contrib.redirects.models import Redirect
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Page
from wagtail.test.utils.form_data import (
    inline_formset,
    nested_form_data,
    rich_text,
    streamfield,
)

from articles.models import ArticlePage, Category
from articles.models import Tag as ArticleTags
from feedback.models import Comment
from headless.content.texts.text_normalisation import normalise_data, normalise_text
from tests.api.test_writing import Writer
from tests.factories import (
    PDF,
    boundaries,
    image_content,
    make_article,
    make_category,
    make_directive,
    make_image,
    make_portal,
    make_superuser,
    square,
)
from tests.feedback.test_comments import make_comment
from tests.forms import article_form, map_form

NAME = "Hòa Bình"
DECOMPOSED = unicodedata.normalize("NFD", NAME)
# Word's line break, a page break of a PDF, a bell, an escape, and a noncharacter.
TYPED = f"{DECOMPOSED}\x0bmột\x0chai\x07\x1b\ufffe\uffff"
KEPT = f"{NAME} một hai"
EVERY = "".join(map(chr, [*range(0x20), *range(0xD800, 0xE000), 0xFFFE, 0xFFFF]))


def test_a_text_keeps_what_xml_can_hold():
    assert normalise_text(f"a{EVERY}b").split() == ["a", "b"]
    assert normalise_text("dòng\n\tmột\r\n🙂") == "dòng\n\tmột\r\n🙂"
    assert normalise_data({DECOMPOSED: [TYPED, 1, None, (True,)]}) == {
        NAME: [KEPT, 1, None, [True]]
    }


@pytest.mark.xfail(raises=UnserializableContentError, strict=True)
def test_django_writes_such_a_text_into_a_feed():
    SimplerXMLGenerator(BytesIO(), "utf-8").characters("\x0b")


def stored_raw(model, pk, **values):
    """Write invalid text directly into the database, past all forms."""
    for name, value in values.items():
        table, key = model._meta.db_table, model._meta.pk.column
        with connection.cursor() as cursor:
            cursor.execute(f'UPDATE "{table}" SET "{name}" = %s WHERE "{key}" = %s', [value, pk])  # noqa: S608


def texts_of(response):
    """Return all texts in the cells of an exported workbook."""
    content = b"".join(response.streaming_content)
    rows = load_workbook(BytesIO(content)).active.iter_rows(values_only=True)
    return [cell for row in rows for cell in row if isinstance(cell, str)]


class PlainTextTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.portal = make_portal()
        cls.editor = make_superuser()

    def setUp(self):
        self.client.force_login(self.editor)

    def add(self, model, parent, data):
        address = reverse("wagtailadmin_pages:add", args=["civic_articles", model, parent.pk])
        response = self.client.post(address, nested_form_data(data | {"action-publish": "1"}))
        assert response.status_code == 302, response.context["form"].errors

    def read_feeds_and_reports(self):
        for address in ("/feeds/articles/", "/feeds/directives/", "/sitemap-1.xml"):
            assert self.client.get(address).status_code == 200, address

    def test_an_article_typed_into_the_form_has_plain_text_everywhere(self):
        image = make_image()
        table = {
            "data": [[TYPED]],
            "cell": [],
            "mergeCells": [],
            "first_row_is_table_header": True,
            "first_col_is_header": False,
            "table_caption": TYPED,
            "table_header_choice": "row",
        }
        body = [("paragraph", rich_text(f"<p>{TYPED}</p>")), ("table", json.dumps(table))]
        body.append(("image", {"image": image.pk, "alt_text": TYPED, "caption": TYPED}))
        self.add(
            "articlepage",
            self.portal.news,
            article_form(title=TYPED, summary=TYPED, body=streamfield(body), tags=f'"{TYPED}"'),
        )

        article = ArticlePage.objects.get(title=KEPT)
        assert article.summary == KEPT
        assert [tag.name for tag in article.tags.all()] == [KEPT]
        drafted = json.loads(article.latest_revision.content["body"])
        assert drafted == article.body.get_prep_value()
        assert normalise_data(drafted) == drafted
        assert article.body[1].value["data"] == [[KEPT]]
        assert article.body[2].value["caption"] == KEPT
        self.read_feeds_and_reports()

    def test_a_tag_in_another_form_is_the_same_tag(self):
        Tag.objects.create(name=NAME)
        self.add("articlepage", self.portal.news, article_form(tags=DECOMPOSED))

        assert [tag.name for tag in Tag.objects.all()] == [NAME]

    def test_a_text_that_nobody_can_see_is_no_text(self):
        address = reverse(
            "wagtailadmin_pages:add",
            args=["civic_articles", "articlepage", self.portal.news.pk],
        )
        for unseen in ("\u200b", "\u3164\u2800", "\u202e", "\u0301", "\U000e0041"):
            form = article_form(title=unseen, summary=unseen, body=streamfield([]))
            data = nested_form_data(form | {"action-publish": "1"})
            response = self.client.post(address, data)

            errors = response.context["form"].errors
            assert {"title", "summary"} <= errors.keys(), (unseen, errors)

    def test_a_picture_has_a_plain_title(self):
        file = BytesIO(image_content())
        file.name = "anh.png"
        root = (
            get_image_model()._meta.get_field("collection").remote_field.model.get_first_root_node()
        )
        self.client.post(
            reverse("wagtailimages:add"),
            {
                "title": TYPED,
                "description": TYPED,
                "file": file,
                "collection": root.pk,
                "tags": TYPED,
            },
        )

        assert get_image_model().objects.get().title == KEPT

    def test_files_named_by_a_mac_have_composed_titles_and_names(self):
        for name, content in (("images", image_content()), ("docs", PDF)):
            with self.subTest(name=name):
                # Browsers leave out the ending, and propose the rest as the title.
                file = SimpleUploadedFile(
                    f"{DECOMPOSED}.{'png' if name == 'images' else 'pdf'}", content
                )
                address = reverse(f"wagtail{name}:add_multiple")
                added = self.client.post(
                    address,
                    {"title": DECOMPOSED, "files[]": file},
                    headers={"X-Requested-With": "XMLHttpRequest"},
                ).json()
                assert added["success"], added
        image, document = get_image_model().objects.get(), get_document_model().objects.get()
        for each in (image, document):
            assert each.title == NAME
            assert unicodedata.is_normalized("NFC", each.file.name)
            assert unicodedata.is_normalized("NFC", each.filename)
        served = self.client.get(document.url)
        assert quote(f"{NAME}.pdf") in served["Content-Disposition"]

    def test_a_tag_typed_in_two_forms_is_one_tag(self):
        typed = unicodedata.normalize("NFD", "thử")
        image = make_image()
        self.client.post(
            reverse("wagtailimages:edit", args=[image.pk]),
            {"title": "Cầu", "collection": image.collection_id, "tags": f"{typed}, thử"},
        )
        self.add("articlepage", self.portal.news, article_form(tags=f"thử, {typed}"))
        category = make_article(self.portal.news)
        category.tags.add(typed, "thử")
        category.save()

        assert [tag.name for tag in Tag.objects.all()] == ["thử"]
        assert [tag.name for tag in ArticleTags.objects.all()] == ["thử"]
        for model in ("taggit.tag", "civic_articles.tag"):
            address = reverse("wagtailadmin_tag_model_autocomplete", args=model.split("."))
            assert self.client.get(
                address, {"term": unicodedata.normalize("NFD", "th")}
            ).json() == ["thử"]
            assert self.client.get(address, {"term": typed}).json() == ["thử"]

    def test_imported_redirects_are_composed(self):
        old = unicodedata.normalize("NFD", "/đường-cũ/")
        file = SimpleUploadedFile(
            "a.csv", f"from,to\n{old},https://benga.example/moi/\n".encode(), "text/csv"
        )
        page = self.client.post(
            reverse("wagtailredirects:start_import"), {"import_file": file, "input_format": "0"}
        )
        hidden = {field.html_name: field.value() for field in page.context["form"].hidden_fields()}
        self.client.post(
            reverse("wagtailredirects:process_import"),
            hidden | {"from_index": "0", "to_index": "1", "permanent": "on"},
        )
        [redirect] = Redirect.objects.all()
        assert unicodedata.is_normalized("NFC", redirect.old_path)
        for asked in (old, unicodedata.normalize("NFC", old)):
            assert self.client.get(asked).url == "https://benga.example/moi/"

    def test_a_reader_and_a_user_have_plain_names(self):
        article = make_article(self.portal.news)
        make_comment(article, name=TYPED, body=TYPED)
        user = get_user_model().objects.create_user("lan", first_name=TYPED)

        user.refresh_from_db()
        assert user.first_name == KEPT
        assert Comment.objects.get().name == KEPT

    def test_what_a_program_writes_over_the_api_is_plain(self):
        writer = Writer(self.editor)
        told = TYPED.replace("\x00", "")
        made = writer.create(
            {
                "meta": {"type": "civic_articles.ArticlePage", "parent_id": self.portal.news.pk},
                "title": told,
                "summary": told,
                "body": [{"type": "paragraph", "value": f"<p>{told}</p>"}],
                "tags": [told],
            },
            publish=True,
        )

        assert made.status_code == 201, made.content
        article = ArticlePage.objects.get(pk=made.json()["id"])
        assert article.title == article.summary == KEPT
        assert article.body[0].value.source.endswith(f">{KEPT}</p>")
        self.read_feeds_and_reports()

    def test_what_an_importer_writes_is_plain_and_found_in_either_form(self):
        category = make_category(name=TYPED, slug="mien")
        Category.objects.filter(pk=category.pk).update(name=TYPED)
        Category.objects.bulk_update([category], ["name"])

        assert Category.objects.get(name=TYPED).name == KEPT

    def test_a_draft_keeps_plain_text(self):
        article = make_article(self.portal.news)
        article.title = TYPED
        article.body = [("table", {"data": [[TYPED]]})]
        article.save_revision()

        draft = Page.objects.get(pk=article.pk).get_latest_revision_as_object()
        assert draft.title == KEPT
        assert draft.body[0].value["data"] == [[KEPT]]

    def test_a_password_stays_what_it_is(self):
        assert forms.CharField(widget=forms.PasswordInput).clean(DECOMPOSED) == DECOMPOSED

    def test_boundaries_are_named_as_their_areas_are(self):
        map_data = boundaries(square())
        map_data["features"][0]["properties"] = {"name": DECOMPOSED}
        area = {"feature_key": NAME, "label": NAME, "text": "", "colour": "", "link_page": ""}
        for text in (json.dumps(map_data), json.dumps(map_data, ensure_ascii=False)):
            address = reverse(
                "wagtailadmin_pages:add",
                args=["civic_widgets", "administrativemappage", self.portal.shelf.pk],
            )
            data = map_form(boundaries=text, areas=inline_formset([area]))
            response = self.client.post(address, nested_form_data(data | {"action-publish": "1"}))
            assert response.status_code == 302, response.context["form"].errors
            Page.objects.get(slug="ban-do").delete()

    def test_what_is_stored_already_breaks_no_feed_and_no_export(self):
        article = make_article(self.portal.news, category=make_category())
        directive = make_directive(self.portal.register)
        comment = make_comment(article)
        stored_raw(ArticlePage, article.pk, summary=TYPED)
        stored_raw(Category, article.category_id, name=TYPED)
        for page in (article, directive, self.portal.home):
            stored_raw(Page, page.pk, title=TYPED, draft_title=TYPED)
        stored_raw(Comment, comment.pk, name=TYPED, body=TYPED)

        self.read_feeds_and_reports()
        assert (
            self.client.get(reverse("civic_feedback:comment_feed", args=[article.pk])).status_code
            == 200
        )
        for name in (
            "wagtailadmin_reports:aging_pages",
            "wagtailadmin_reports:site_history",
            "wagtailsnippets_civic_feedback_comment:list",
        ):
            response = self.client.get(reverse(name), {"export": "xlsx"})
            assert response.status_code == 200
            texts_of(response)
