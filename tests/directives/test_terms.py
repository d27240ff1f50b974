import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction
from django.test import TestCase
from django.urls import reverse

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
