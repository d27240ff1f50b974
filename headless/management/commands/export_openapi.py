"""The command `export_openapi`."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from ...api.openapi import document, format_document


class Command(BaseCommand):
    """Write the OpenAPI document to a file or standard output, or compare it with a file."""

    help = "Write the OpenAPI document of API v3, or check that a file is up to date."

    def add_arguments(self, parser):
        parser.add_argument(
            "path", nargs="?", type=Path, help="The file to write; standard output by default."
        )
        parser.add_argument(
            "--check",
            action="store_true",
            help="Write nothing, and fail if the file is out of date.",
        )

    def handle(self, *args, path, check, **options):
        text = format_document(document())
        if path is None:
            self.stdout.write(text, ending="")
        elif not check:
            path.write_text(text, encoding="utf-8")
        elif not path.exists() or path.read_text(encoding="utf-8") != text:
            raise CommandError(
                f"{path} is out of date. Write it again: manage.py export_openapi {path}"
            )
