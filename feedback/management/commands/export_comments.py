import sys
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from ...models import Comment
from ...moderation.erasure import find_comments_of_reader
from ...moderation.reports import write_csv, write_json, write_xlsx

TEXT = {".csv": write_csv, ".json": write_json}


class Command(BaseCommand):
    help = "Writes comments into a file: .csv, .json or .xlsx; “-” is JSON on standard output."

    def add_arguments(self, parser):
        parser.add_argument("file")
        parser.add_argument("--status", choices=Comment.Status.values)
        parser.add_argument("--email", help="Only those of this reader.")

    def handle(self, *, file, status, email, **options):
        comments = find_comments_of_reader(email=email) if email else Comment.objects.all()
        if status:
            comments = comments.filter(status=status)
        comments = comments.select_related("page").oldest_first().iterator(chunk_size=2000)
        path = Path(file)
        if file == "-":
            write_json(comments, sys.stdout)
        elif write := TEXT.get(path.suffix):
            with path.open("w", encoding="utf-8", newline="") as target:
                write(comments, target)
        elif path.suffix == ".xlsx":
            with path.open("wb") as target:
                write_xlsx(comments, target)
        else:
            raise CommandError("The file's name must end in .csv, .json or .xlsx.")
