"""Create the standard document types and issuing bodies of a language."""

from django.core.management.base import BaseCommand, CommandError
from wagtail.models import Locale

from ...models import DocumentType, IssuingBody
from ...vocabularies.seed_data import seed_terms


class Command(BaseCommand):
    """Create the standard terms that a language does not have; idempotent."""

    help = "Create the standard document types and central issuing bodies of a language."

    def add_arguments(self, parser):
        parser.add_argument("language", help="Code of a language of the installation, e.g. en.")

    def handle(self, *, language, **options):
        try:
            locale = Locale.objects.get(language_code=language)
        except Locale.DoesNotExist as error:
            known = ", ".join(Locale.objects.values_list("language_code", flat=True))
            raise CommandError(f"There is no language “{language}”. There are: {known}.") from error
        made = seed_terms(document_type=DocumentType, issuing_body=IssuingBody, locale=locale)
        self.stdout.write(f"{made} terms created in {language}.")
