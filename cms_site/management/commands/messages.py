"""Collect and compile translations."""

from pathlib import Path

import polib
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand

# Headers with timestamps, which would change the file although no string did.
VOLATILE_HEADERS = ("POT-Creation-Date", "PO-Revision-Date")


def catalogues() -> list[Path]:
    """Return the paths of the `.po` files of the project's apps."""
    found = []
    for config in apps.get_app_configs():
        if Path(config.path).parent == settings.BASE_DIR:
            found += Path(config.path).glob("*locale/*/LC_MESSAGES/*.po")
    return sorted(found)


class Command(BaseCommand):
    """
    Collect translatable strings with gettext, and compile them with polib.

    Django's `compilemessages` needs gettext, and its output depends on gettext's version.
    """

    help = "Collect translatable strings into the catalogue of each app and compile it."

    def add_arguments(self, parser):
        parser.add_argument(
            "--compile-only",
            action="store_true",
            help="Compile without collecting; does not need gettext.",
        )

    def handle(self, *, compile_only, **options):
        if not compile_only:
            for config in apps.get_app_configs():
                if Path(config.path).parent == settings.BASE_DIR:
                    (Path(config.path) / "locale").mkdir(exist_ok=True)
            languages = [code for code, name in settings.LANGUAGES if code != "en"]
            call_command(
                "makemessages",
                locale=languages,
                no_obsolete=True,
                no_wrap=True,
                add_location="file",
                ignore_patterns=["tests/*", "var/*", "mutants/*", ".venv/*", "node_modules/*"],
            )
        for path in catalogues():
            catalogue = polib.pofile(str(path))
            catalogue.wrapwidth = 0
            for name in VOLATILE_HEADERS:
                catalogue.metadata.pop(name, None)
            catalogue.save()
            catalogue.save_as_mofile(str(path.with_suffix(".mo")))
            left = len(catalogue.untranslated_entries()) + len(catalogue.fuzzy_entries())
            self.stdout.write(
                f"{path.relative_to(settings.BASE_DIR)}: {len(catalogue)} strings, {left} to translate"
            )
