from uuid import UUID

from django.core.management.base import BaseCommand, CommandError

from ...moderation.erasure import erase_reader, find_comments_of_reader


class Command(BaseCommand):
    help = "Finds what a reader wrote and rated, and with --erase deletes it for good."

    def add_arguments(self, parser):
        parser.add_argument("--email", default="", help="The address given with the comments.")
        parser.add_argument("--visitor", type=UUID, help="The visitor shown with a comment.")
        parser.add_argument(
            "--same-visitor",
            action="store_true",
            help="Also what came from the same browsers; others may use those too.",
        )
        parser.add_argument("--erase", action="store_true")

    def handle(self, *, email, visitor, same_visitor, erase, **options):
        if not (email or visitor):
            raise CommandError("Name the reader by --email or --visitor.")
        comments = find_comments_of_reader(email=email, visitor=visitor)
        visitors = {visitor} if visitor else set()
        if same_visitor:
            visitors |= set(comments.exclude(visitor=None).values_list("visitor", flat=True))
            for each in visitors:
                comments |= find_comments_of_reader(visitor=each)
        for comment in comments.select_related("page").newest_first():
            self.stdout.write(
                f"#{comment.pk} {comment.created_at:%Y-%m-%d} {comment.get_status_display()}, "
                f"“{comment.page.title}”: {comment.excerpt}"
            )
        if not erase:
            self.stdout.write(f"{comments.count()} comments; nothing is erased without --erase.")
            return
        erased, votes = erase_reader(comments=comments, visitors=visitors)
        self.stdout.write(f"{erased} comments and {votes} ratings are erased.")
