from django.conf import settings
from django.db import migrations
from wagtail.coreutils import get_supported_content_language_variant

from ..vocabularies.seed_data import seed_terms


def seed(apps, schema_editor):
    """
    Seed document types and issuing bodies in the default language.

    Where that is not yet a language of the installation, they are seeded in those that are.
    """
    locales = apps.get_model("wagtailcore", "Locale").objects.all()
    default = get_supported_content_language_variant(settings.LANGUAGE_CODE)
    for locale in locales.filter(language_code=default) or locales:
        seed_terms(
            document_type=apps.get_model("civic_directives", "DocumentType"),
            issuing_body=apps.get_model("civic_directives", "IssuingBody"),
            locale=locale,
        )


class Migration(migrations.Migration):
    # The search index takes the terms in once all is migrated.
    dependencies = [("civic_directives", "0001_initial"), ("wagtailsearch", "0010_add_text_fields")]

    # Terms go with their tables; what an editor made of them in the meantime is not ours to delete.
    operations = [migrations.RunPython(seed, migrations.RunPython.noop)]
