"""Collect and compile translations."""

from pathlib import Path

import polib
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand

# The language whose catalogues are collected from the code; others are brought in line with it.
COLLECTED = "vi"
# Headers with timestamps, which would change the file although no string did.
VOLATILE_HEADERS = ("POT-Creation-Date", "PO-Revision-Date")


def catalogues() -> list[Path]:
    """Return the paths of the `.po` files of the project's apps."""
    found = []
    for config in apps.get_app_configs():
        if Path(config.path).parent == settings.BASE_DIR:
            found += Path(config.path).glob("*locale/*/LC_MESSAGES/*.po")
    return sorted(found)


def add_language(code: str) -> None:
    """Make an empty catalogue of a language for each app of the package."""
    for config in apps.get_app_configs():
        if not config.label.startswith("civic_"):
            continue
        path = Path(config.path, "locale", code, "LC_MESSAGES", "django.po")
        path.parent.mkdir(parents=True, exist_ok=True)
        catalogue = polib.POFile()
        catalogue.metadata = {
            "Language": code,
            "Content-Type": "text/plain; charset=UTF-8",
            "Content-Transfer-Encoding": "8bit",
        }
        if not path.exists():
            catalogue.save(str(path))


def update_from(catalogue: polib.POFile, collected: polib.POFile) -> None:
    """Give a catalogue exactly the strings of the collected one, in its order."""
    catalogue.merge(collected)
    for entry in catalogue.obsolete_entries():
        catalogue.remove(entry)
    order = {(each.msgctxt, each.msgid): number for number, each in enumerate(collected)}
    catalogue.sort(key=lambda each: order[each.msgctxt, each.msgid])


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

        parser.add_argument(
            "--add",
            metavar="CODE",
            help="First make catalogues of another language, for the apps of the package.",
        )

    def handle(self, *, compile_only, add, **options):
        if add:
            add_language(add)
        if not compile_only:
            for config in apps.get_app_configs():
                if Path(config.path).parent == settings.BASE_DIR:
                    (Path(config.path) / "locale").mkdir(exist_ok=True)
            call_command(
                "makemessages",
                locale=[COLLECTED],
                no_obsolete=True,
                no_wrap=True,
                add_location="file",
                ignore_patterns=["tests/*", "var/*", "mutants/*", ".venv/*", "node_modules/*"],
            )
        for path in catalogues():
            catalogue = polib.pofile(str(path))
            catalogue.wrapwidth = 0
            if path.parts[-3] != COLLECTED:
                collected = path.parents[2] / COLLECTED / "LC_MESSAGES" / path.name
                update_from(catalogue, polib.pofile(str(collected)))
            for name in VOLATILE_HEADERS:
                catalogue.metadata.pop(name, None)
            catalogue.save()
            catalogue.save_as_mofile(str(path.with_suffix(".mo")))
            left = len(catalogue.untranslated_entries()) + len(catalogue.fuzzy_entries())
            self.stdout.write(
                f"{path.relative_to(settings.BASE_DIR)}: {len(catalogue)} strings, {left} to translate"
            )
