from importlib import import_module
from io import StringIO

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction
from django.test import TestCase, override_settings
from django.urls import reverse
from wagtail.models import Locale

from directives.models import DocumentType, IssuingBody
from tests.factories import language, log_in


class TermTests(TestCase):
    def test_every_installation_starts_with_types_and_central_bodies_in_vietnamese(self):
        types = DocumentType.objects.filter(locale__language_code="vi")

        assert {"quyet-dinh", "ke-hoach", "thong-bao", "nghi-quyet"} <= set(
            types.values_list("code", flat=True)
        )
        assert IssuingBody.objects.filter(code="chinh-phu", level="central").exists()

    def test_another_language_gets_them_as_translations_once(self):
        language("en")

        call_command("seed_directive_terms", "en", verbosity=0)
        before = DocumentType.objects.count(), IssuingBody.objects.count()
        call_command("seed_directive_terms", "en", verbosity=0)

        plan = DocumentType.objects.get(locale__language_code="en", code="ke-hoach")
        assert plan.name == "Plan"
        assert plan.get_translation(language("vi")).name == "Kế hoạch"
        assert (DocumentType.objects.count(), IssuingBody.objects.count()) == before

    @override_settings(LANGUAGE_CODE="en")
    def test_without_the_default_language_they_come_in_those_there_are(self):
        DocumentType.objects.all().delete()
        IssuingBody.objects.all().delete()
        assert not Locale.objects.filter(language_code="en").exists()

        import_module("directives.migrations.0002_seed_terms").seed(apps, None)

        assert DocumentType.objects.get(code="ke-hoach").locale == language("vi")
        assert IssuingBody.objects.get(code="chinh-phu").locale == language("vi")

    def test_who_migrates_is_told_that_the_default_language_has_none(self):
        assert "W002" not in self.told()

        with override_settings(LANGUAGE_CODE="en"):
            said = self.told()
            assert "There are no document types in the default language, “en”." in said
            assert "manage.py seed_directive_terms en" in said

            language("en")
            call_command("seed_directive_terms", "en", verbosity=0)
            assert "W002" not in self.told()

    def told(self):
        said = StringIO()
        call_command("check", databases=["default"], stderr=said)
        return said.getvalue()

    def test_an_unknown_language_is_refused_with_those_there_are(self):
        with pytest.raises(CommandError, match="vi"):
            call_command("seed_directive_terms", "xx")

    def test_a_code_is_used_once_in_a_language(self):
        with pytest.raises(IntegrityError), transaction.atomic():
            DocumentType.objects.create(name="Khác", code="ke-hoach", locale=language("vi"))

    def test_an_editor_is_told_that_a_code_is_taken(self):
        log_in(self.client)
        address = reverse(DocumentType.snippet_viewset.get_url_name("add"))

        response = self.client.post(
            address, {"name": "Khác", "code": "ke-hoach", "symbol": "", "locale": "vi"}
        )

        assert response.status_code == 200
        assert response.context["form"].errors
