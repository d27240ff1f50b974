"""
Every form of the admin, posted with texts and numbers that are longer than their column, or become
so, and with decomposed texts.
"""

import json
import unicodedata

import pytest
from django import forms
from django.db import connection, transaction
from django.test import TestCase, override_settings
from django.urls import reverse
from wagtail.admin.rich_text import DraftailRichTextArea
from wagtail.blocks.base import BlockField
from wagtail.contrib.settings.registry import registry as settings_registry
from wagtail.snippets.models import get_snippet_models
from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield

from feedback.models import Comment, Rating
from tests.factories import (
    boundaries,
    document_type,
    issuing_body,
    log_in,
    make_article,
    make_category,
    make_directive,
    make_document,
    make_image,
    make_links,
    make_map,
    make_portal,
    make_statistics,
    make_superuser,
    square,
)
from tests.widgets.test_links_page import links_form, posted

pytestmark = pytest.mark.slow

# One letter that becomes two, three or eighteen in another case or normal form, and one that stays.
LETTERS = ["a", "ß", "ﷺ", "\u0958"]
WAGTAIL_FORMS = [
    "wagtailusers_users:add",
    "wagtailusers_groups:add",
    "wagtailsites:add",
    "wagtailadmin_collections:add",
    "wagtailadmin_workflows:add",
    "wagtailredirects:add",
]
# As macOS and some editors write it.
DECOMPOSED = unicodedata.normalize("NFD", "Đêm hội thử")
NUMBERS = (forms.IntegerField, forms.DecimalField, forms.FloatField)


def formsets_of(form):
    """Return the formsets of a form but for editors' comments, whose texts have no bound."""
    formsets = getattr(form, "formsets", {})
    return [formset for name, formset in formsets.items() if name != "comments"]


def fields_of(form):
    """Yield the posted names and the fields of a form, with those of one row of each formset."""
    for name, field in form.fields.items():
        if not field.disabled and name != "ORDER":
            yield form.add_prefix(name).replace("__prefix__", "0"), field
    for formset in formsets_of(form):
        yield from fields_of(formset.empty_form)


def texts_of(form):
    """Yield the names and fields of the texts of a bounded length."""
    for name, field in fields_of(form):
        # Passwords are stored as hashes, and must be typed twice.
        if isinstance(field.widget, forms.PasswordInput):
            continue
        if isinstance(field, forms.CharField) and field.max_length:
            yield name, field


def stored_decomposed():
    """Return the texts of the whole database that are not composed, with their tables."""
    found = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            # The index of searches is folded.
            if "indexentry" in table:
                continue
            cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608
            texts = (json.dumps(row, ensure_ascii=False, default=str) for row in cursor.fetchall())
            texts = (
                text.replace("\\\\u0323", "\u0323").replace("\\\\u0309", "\u0309") for text in texts
            )
            found += [(table, text) for text in texts if not unicodedata.is_normalized("NFC", text)]
    return found


def errors_of(form):
    """Return the errors of a form and of the rows of its formsets, by posted name."""
    errors = {form.add_prefix(name): error for name, error in form.errors.items()}
    for formset in formsets_of(form):
        if formset.non_form_errors():
            errors[formset.prefix] = formset.non_form_errors()
        for row in formset.forms:
            errors |= errors_of(row)
    return errors


def short_value(field):
    """Return a value that a field accepts, as a browser posts it."""
    if isinstance(field, forms.ModelMultipleChoiceField | forms.MultipleChoiceField):
        return []
    if isinstance(field, forms.ChoiceField | forms.ModelChoiceField):
        values = [str(value) for value, _label in field.choices if value]
        return values[0] if values and field.required else ""
    if isinstance(field.widget, DraftailRichTextArea):
        return rich_text("<p>moi</p>")
    if isinstance(field, forms.EmailField):
        return "lan@benga.example"
    if isinstance(field, forms.URLField):
        return "https://benga.example/"
    if isinstance(field, NUMBERS):
        return str(int(field.min_value or 1))
    if isinstance(field, forms.SlugField):
        return "moi"
    if isinstance(field, forms.CharField) and type(field.widget) is not forms.HiddenInput:
        return "moi"
    return ""


def filled(form):
    """Return a form's data with a short value in each field."""
    data = {}
    for name, field in fields_of(form):
        if isinstance(field, BlockField):
            data[f"{name}-count"] = "0"
        elif not isinstance(field, forms.BooleanField | forms.FileField):
            data[name] = short_value(field)
    for name, formset in getattr(form, "formsets", {}).items():
        data[f"{formset.prefix}-TOTAL_FORMS"] = "0" if name == "comments" else "1"
        data[f"{formset.prefix}-INITIAL_FORMS"] = "0"
    return data


@override_settings(CIVIC_PORTAL_WEBHOOKS_TO_PRIVATE_ADDRESSES=True)
class FormLengthTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.portal = portal = make_portal()
        cls.editor = make_superuser()
        make_category(), document_type(), issuing_body()
        widget = make_statistics(portal.shelf)
        card = {"sidebar_cards-0-widget": widget.pk}
        pages = [
            (portal.home, card),
            (portal.news, card),
            (portal.register, card),
            (portal.shelf, card),
            (widget, {}),
            (make_links(portal.shelf), {"groups": links_form(posted())["groups"]}),
            (
                make_map(portal.shelf),
                {"boundaries": json.dumps(boundaries(square("moi"))), "areas-0-colour": "#8c1c13"},
            ),
            (
                make_article(portal.news),
                {
                    "published_at": "28/11/2026 08:00",
                    "body": streamfield([("paragraph", rich_text("<p>Từ tháng Sáu.</p>"))]),
                    "related_articles-0-article": make_article(portal.news).pk,
                },
            ),
            (
                make_directive(portal.register),
                {
                    "issued_on": "28/11/2026",
                    "relations-0-target": make_directive(portal.register).pk,
                },
            ),
        ]
        cls.forms = {
            reverse("wagtailadmin_pages:edit", args=[page.pk]): more | {"action-publish": "1"}
            for page, more in pages
        }
        # Comments and ratings are readers' and are not written here.
        for model in set(get_snippet_models()) - {Comment, Rating}:
            cls.forms[reverse(model.snippet_viewset.get_url_name("add"))] = {}
        for model in settings_registry:
            names = [model._meta.app_label, model._meta.model_name, portal.site.pk]
            more = {"colour": "#8c1c13", "max_length": "50", "notify_emails": ""}
            cls.forms[reverse("wagtailsettings:edit", args=names)] = more
        cls.forms[reverse("wagtailimages:edit", args=[make_image().pk])] = {}
        cls.forms[reverse("wagtaildocs:edit", args=[make_document().pk])] = {}
        cls.forms["/admin/webhooks/endpoints/new/"] = {
            "url": "http://127.0.0.1/",
            "events": ["page.published"],
        }
        for name in WAGTAIL_FORMS:
            cls.forms[reverse(name)] = {}
        cls.forms[reverse("wagtailusers_users:add")] = dict.fromkeys(
            ("password1", "password2"), "hoa-sen-ben-nga-2026"
        )

    def setUp(self):
        log_in(self.client, self.editor)

    def each_form(self):
        for address, more in self.forms.items():
            form = self.client.get(address).context["form"]
            yield address, form, filled(form) | more

    def submit(self, address, data, stored=None):
        """
        Return the errors of a form that is posted; what it stores is not kept.

        `stored` is called before it is forgotten.
        """
        # Several values of one field are no rows of a formset.
        several = {name: value for name, value in data.items() if isinstance(value, list)}
        rest = {name: value for name, value in data.items() if name not in several}
        with transaction.atomic():
            response = self.client.post(address, nested_form_data(rest) | several)
            if stored:
                stored()
            transaction.set_rollback(True)
        assert response.status_code in {200, 302}
        stored = response.status_code == 302 or "form" not in response.context
        return {} if stored else errors_of(response.context["form"])

    def test_a_text_longer_than_its_column_is_refused_at_its_field(self):
        tried = set()
        for address, form, data in self.each_form():
            for letter in ("a", "đ"):
                texts = {name: letter * (field.max_length + 1) for name, field in texts_of(form)}
                tried |= texts.keys()
                with self.subTest(address=address, letter=letter):
                    assert texts.keys() - self.submit(address, data | texts).keys() == set()
        assert {"title", "name", "slug"} <= tried

    def test_a_number_larger_than_its_column_is_refused_at_its_field(self):
        tried = set()
        for address, form, data in self.each_form():
            numbers = {n: "9" * 25 for n, field in fields_of(form) if isinstance(field, NUMBERS)}
            tried |= numbers.keys()
            if numbers:
                with self.subTest(address=address):
                    assert numbers.keys() - self.submit(address, data | numbers).keys() == set()
        assert "max_length" in tried

    def test_what_a_form_accepts_can_be_stored(self):
        for address, form, data in self.each_form():
            with self.subTest(address=address):
                assert self.submit(address, data) == {}
            for letter in LETTERS:
                texts = {name: letter * field.max_length for name, field in texts_of(form)}
                # What a field refuses is left out, until the rest reaches the database.
                with self.subTest(address=address, letter=letter):
                    while errors := self.submit(address, data | texts):
                        assert texts.keys() & errors.keys(), errors
                        texts = {name: texts[name] for name in texts.keys() - errors.keys()}

    def test_a_decomposed_text_is_stored_composed(self):
        assert stored_decomposed() == []

        def check():
            assert stored_decomposed() == []

        for address, form, data in self.each_form():
            texts = {
                name: DECOMPOSED[: getattr(field, "max_length", None)]
                for name, field in fields_of(form)
                if isinstance(field, forms.CharField)
                and not isinstance(field.widget, forms.PasswordInput | forms.HiddenInput)
                and not isinstance(field.widget, DraftailRichTextArea)
            }
            with self.subTest(address=address):
                while errors := self.submit(address, data | texts, check):
                    assert texts.keys() & errors.keys(), errors
                    texts = {name: texts[name] for name in texts.keys() - errors.keys()}
