"""System checks of the app."""

from django.conf import settings
from django.core.checks import Warning
from django.db import connections, router
from wagtail.coreutils import get_supported_content_language_variant

from headless.checks import missing_apps

from .models import DocumentType


def check_required_apps(app_configs, **kwargs):
    """Check that the apps which official documents need are installed (`civic_directives.E001`)."""
    return missing_apps("directives", "wagtail.contrib.settings", id="civic_directives.E001")


def check_terms(app_configs, databases=None, **kwargs):
    """
    Warn when the default language has no document types (`civic_directives.W002`).

    Without them no document can be created in that language. A database check: `migrate` runs it,
    as does `check --database default`.
    """
    alias = router.db_for_read(DocumentType)
    if alias not in (databases or []):
        return []
    if DocumentType._meta.db_table not in connections[alias].introspection.table_names():
        return []
    language = get_supported_content_language_variant(settings.LANGUAGE_CODE)
    if DocumentType.objects.filter(locale__language_code=language).exists():
        return []
    return [
        Warning(
            f"There are no document types in the default language, “{language}”.",
            hint=(
                "Add the language in the admin (Settings, Locales) if it is not there, and run "
                f"“manage.py seed_directive_terms {language}”."
            ),
            id="civic_directives.W002",
        )
    ]
