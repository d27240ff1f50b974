from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from ...api.openapi import document, format_document


class Command(BaseCommand):
    help = "Writes the OpenAPI document of API v3, or says whether a file still is that document."

    def add_arguments(self, parser):
        parser.add_argument("path", nargs="?", type=Path, help="A file; standard output without.")
        parser.add_argument(
            "--check", action="store_true", help="Only compare: fails if the file differs."
        )

    def handle(self, *args, path, check, **options):
        text = format_document(document())
        if path is None:
            self.stdout.write(text, ending="")
        elif not check:
            path.write_text(text, encoding="utf-8")
        elif not path.exists() or path.read_text(encoding="utf-8") != text:
            raise CommandError(
                f"{path} is not what the API is now; write it anew: manage.py export_openapi {path}"
            )
